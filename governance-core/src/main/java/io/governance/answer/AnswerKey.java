// SPDX-License-Identifier: Apache-2.0

package io.governance.answer;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Locale;
import java.util.Set;

import io.governance.policy.Call;
import org.jspecify.annotations.Nullable;

/**
 * For which calls an answer is kept: the same method, address, host, declared headers and
 * credentials, and no body. Two principals never have one key. Credentials are in it as a
 * hash, and so is the rest, which a client chooses. Calls of methods of this process are
 * told apart by what their adapter says, and by who they are on behalf of.
 */
public final class AnswerKey {

	/**
	 * Whose answers differ from those to anybody else; a gateway may pass the client's
	 * host on.
	 */
	private static final List<String> ALWAYS = List.of("host", "authorization", "proxy-authorization", "cookie");

	private static final Set<String> METHODS = Set.of("GET", "HEAD");

	/** In place of an owner, of what all share: nobody's calls have it. */
	private static final Object EVERYBODY = new Object();

	private AnswerKey() {
	}

	/**
	 * The key of a call.
	 * @param call the call
	 * @param headers the names of the headers that tell calls apart
	 * @param shared whether all principals share what is kept of methods
	 * @return the key; {@code null} for a call whose answers are not to be kept
	 */
	public static @Nullable Object of(Call call, List<String> headers, boolean shared) {
		if (!call.isLocal()) {
			return of(call, headers);
		}
		Object subject = call.subject();
		Object owner = (subject == null || shared) ? EVERYBODY : call.owner();
		return (subject != null && owner != null) ? new Local(call.service(), subject, owner) : null;
	}

	private static @Nullable String of(Call call, List<String> headers) {
		String uri = call.uri();
		if (uri == null || !METHODS.contains(call.method()) || call.header("range") != null || hasBody(call)
				|| refusesKept(call.headers("cache-control"))) {
			return null;
		}
		MessageDigest digest = sha256();
		add(digest, List.of(call.method(), call.service(), uri, Objects.requireNonNullElse(call.route(), "")));
		ALWAYS.forEach((name) -> add(digest, call.headers(name)));
		headers.forEach((name) -> add(digest, call.headers(name)));
		return HexFormat.of().formatHex(digest.digest());
	}

	private static boolean hasBody(Call call) {
		String length = call.header("content-length");
		return call.header("transfer-encoding") != null || (length != null && !"0".equals(length.trim()));
	}

	private static boolean refusesKept(List<String> cacheControl) {
		return cacheControl.stream()
			.map((value) -> value.toLowerCase(Locale.ROOT))
			.anyMatch((value) -> value.contains("no-store"));
	}

	/**
	 * With their number and lengths, or two lists could look the same.
	 */
	private static void add(MessageDigest digest, List<String> values) {
		StringBuilder text = new StringBuilder().append(values.size());
		values.forEach((value) -> text.append(' ').append(value.length()).append(' ').append(value));
		digest.update(text.append('\n').toString().getBytes(StandardCharsets.UTF_16BE));
	}

	private static MessageDigest sha256() {
		try {
			return MessageDigest.getInstance("SHA-256");
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("every Java platform has SHA-256", ex);
		}
	}

	/**
	 * Whether a key is that of a subject, whoever it is kept for.
	 * @param key the key
	 * @param service the service
	 * @param subject the subject; {@code null} for any
	 * @return whether it is
	 */
	public static boolean isOf(Object key, String service, @Nullable Object subject) {
		return key instanceof Local local && local.service().equals(service)
				&& (subject == null || local.subject().equals(subject));
	}

	/**
	 * The key of a method's call.
	 */
	private record Local(String service, Object subject, Object owner) {
	}

}

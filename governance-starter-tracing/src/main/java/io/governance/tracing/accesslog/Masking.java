// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Hides secrets in what clients send: the values of parameters and headers whose name
 * sounds secret, and wherever they stand the user-info of a URL, credentials behind
 * {@code Bearer} or {@code Basic}, and JSON web tokens. Names are compared without regard
 * to case, percent-encoding and punctuation. Works on bounded texts, in time linear to
 * them. Immutable.
 */
final class Masking {

	static final String MASK = "***";

	private static final List<String> SECRET_PARTS = List.of("token", "password", "passwd", "passphrase", "secret",
			"authorization", "cookie", "apikey", "accesskey", "privatekey", "credential", "signature", "session", "jwt",
			"assertion", "samlresponse");

	private static final Set<String> SECRET_NAMES = Set.of("code", "key", "pwd", "pass", "auth", "sig", "otp", "pin",
			"sid", "codeverifier");

	private static final Pattern CREDENTIALS = Pattern
		.compile("\\b(bearer|basic)((?:[\\s+]|%(?:25)?(?:09|0a|0d|20|2b))++)[^&\\s,;\"]+", Pattern.CASE_INSENSITIVE);

	private static final Pattern WEB_TOKEN = Pattern.compile("\\beyJ[\\w-]{8,}+\\.[\\w-]*+(?:\\.[\\w-]*+)*+");

	private static final Pattern MATRIX_PARAMETER = Pattern.compile(";([^;/]*+)");

	private final List<String> secretParts;

	Masking(List<String> additions) {
		this.secretParts = Stream.concat(SECRET_PARTS.stream(), additions.stream().map(Masking::plain))
			.filter((part) -> !part.isEmpty())
			.toList();
	}

	String path(String path) {
		return text(MATRIX_PARAMETER.matcher(path)
			.replaceAll((found) -> Matcher.quoteReplacement(";" + parameter(found.group(1)))), false);
	}

	String query(String query) {
		StringBuilder masked = new StringBuilder(query.length());
		int begin = 0;
		for (int end = 0; end <= query.length(); end++) {
			if (end == query.length() || query.charAt(end) == '&' || query.charAt(end) == ';') {
				masked.append(parameter(query.substring(begin, end)));
				masked.append(query, end, Math.min(end + 1, query.length()));
				begin = end + 1;
			}
		}
		return text(masked.toString(), true);
	}

	private String parameter(String parameter) {
		int equals = parameter.indexOf('=');
		return (equals >= 0 && isSecret(parameter.substring(0, equals))) ? parameter.substring(0, equals + 1) + MASK
				: parameter;
	}

	String header(String name, String value) {
		return isSecret(name) ? MASK : text(value, false);
	}

	private static String text(String text, boolean query) {
		String masked = CREDENTIALS.matcher(AddressCredentials.masked(text, query)).replaceAll("$1$2" + MASK);
		return WEB_TOKEN.matcher(masked).replaceAll(MASK);
	}

	private boolean isSecret(String name) {
		String plain = plain(decoded(name));
		return SECRET_NAMES.contains(plain) || this.secretParts.stream().anyMatch(plain::contains);
	}

	private static String decoded(String name) {
		try {
			return (name.indexOf('%') < 0) ? name : URLDecoder.decode(name, StandardCharsets.UTF_8);
		}
		catch (IllegalArgumentException ex) {
			return name;
		}
	}

	private static String plain(String name) {
		StringBuilder plain = new StringBuilder(name.length());
		name.toLowerCase(Locale.ROOT).chars().filter(Character::isLetterOrDigit).forEach((c) -> plain.append((char) c));
		return plain.toString();
	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.match;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;

import io.governance.policy.Call;
import io.governance.schema.Violation;
import org.jspecify.annotations.Nullable;

/**
 * What a policy keeps apart: a value taken from each call. Written as {@code source} or
 * {@code source:name}, such as {@code header:x-user-id} or {@code client-ip}.
 *
 * @param source where the value comes from
 * @param name the name there; {@code null} for sources that have no names
 */
public record CallKey(Source source, @Nullable String name) {

	/** What may be written. */
	public static final String EXPECTED = "header:NAME, query:NAME, cookie:NAME, label:NAME, client-ip, caller, principal, service or operation";

	/**
	 * What may be written where an instance is chosen: nobody is authenticated there, and
	 * the service is the same for all calls.
	 */
	public static final String SELECTION_EXPECTED = "header:NAME, query:NAME, cookie:NAME, label:NAME, client-ip, caller or operation";

	/** Where the value of a key comes from. */
	public enum Source {

		/** A request header. */
		HEADER,
		/** A query parameter. */
		QUERY,
		/** A cookie. */
		COOKIE,
		/** A label that travels as baggage. */
		LABEL,
		/** The client's address. */
		CLIENT_IP,
		/** The calling service. */
		CALLER,
		/** The authenticated principal. */
		PRINCIPAL,
		/** The called service. */
		SERVICE,
		/** The method and the path, what looks like an identifier left out. */
		OPERATION

	}

	private static final Set<Source> NOT_FOR_SELECTION = Set.of(Source.PRINCIPAL, Source.SERVICE);

	private static final Set<Source> NAMED = Set.of(Source.HEADER, Source.QUERY, Source.COOKIE, Source.LABEL);

	/**
	 * Checks that a name is there exactly where one is needed.
	 */
	public CallKey {
		Objects.requireNonNull(source, "source");
		if (NAMED.contains(source) ? name == null || name.isBlank() : name != null) {
			throw new IllegalArgumentException(
					"key: " + source.name().toLowerCase(Locale.ROOT) + " (expected: " + EXPECTED + ")");
		}
	}

	/**
	 * Parses the written form.
	 * @param text the text
	 * @return the key
	 * @throws IllegalArgumentException if the text is not a key
	 */
	public static CallKey parse(String text) {
		int colon = text.indexOf(':');
		String source = (colon < 0) ? text : text.substring(0, colon);
		String name = (colon < 0) ? null : text.substring(colon + 1).trim();
		for (Source candidate : Source.values()) {
			String written = candidate.name().toLowerCase(Locale.ROOT).replace('_', '-');
			boolean nameFits = NAMED.contains(candidate) ? name != null && !name.isEmpty() : name == null;
			if (nameFits && written.equals(source.trim())) {
				return new CallKey(candidate, name);
			}
		}
		throw new IllegalArgumentException("key: " + text + " (expected: " + EXPECTED + ")");
	}

	/**
	 * Checks a key by which instances are chosen.
	 * @param component the component of the rule that holds it
	 * @param key the key; {@code null} for none
	 * @return what is wrong with it
	 */
	public static List<Violation> validateSelection(String component, @Nullable CallKey key) {
		if (key == null || !NOT_FOR_SELECTION.contains(key.source)) {
			return List.of();
		}
		return List.of(new Violation(component, key.toString(), SELECTION_EXPECTED));
	}

	/**
	 * Takes the value from a call.
	 * @param call the call
	 * @return the value; empty where the call has none, so that such calls share one key
	 */
	public String of(Call call) {
		String value = switch (this.source) {
			case HEADER -> call.header(name0());
			case QUERY -> call.query(name0());
			case COOKIE -> call.cookie(name0());
			case LABEL -> call.label(name0());
			case CLIENT_IP -> call.clientIp();
			case CALLER -> call.caller();
			case PRINCIPAL -> call.principal();
			case SERVICE -> call.service();
			case OPERATION -> Operation.of(call);
		};
		return (value != null) ? value : "";
	}

	private String name0() {
		return Objects.requireNonNull(this.name, "checked by the constructor");
	}

	@Override
	public String toString() {
		String written = this.source.name().toLowerCase(Locale.ROOT).replace('_', '-');
		return (this.name != null) ? written + ":" + this.name : written;
	}

}

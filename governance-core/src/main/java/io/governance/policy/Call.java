// SPDX-License-Identifier: Apache-2.0

package io.governance.policy;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * A read-only view of one call, as the adapter sees it. Absent values are {@code null}.
 * Read on the thread that asks for a decision; need not be thread-safe.
 */
public interface Call {

	/**
	 * The side of the hop.
	 * @return the direction
	 */
	Direction direction();

	/**
	 * The called service; inbound that is this process's own service.
	 * @return the service name, or the host of a call that has no service
	 */
	String service();

	/**
	 * The HTTP method, in upper case.
	 * @return the method
	 */
	String method();

	/**
	 * The path as it was sent: still encoded, without the query.
	 * @return the raw path, starting with a slash
	 */
	String path();

	/**
	 * The host that the caller addressed, in lower case and without port.
	 * @return the host
	 */
	default @Nullable String host() {
		return null;
	}

	/**
	 * The first value of a header.
	 * @param name the name, in any case
	 * @return the value
	 */
	@Nullable String header(String name);

	/**
	 * All values of a header.
	 * @param name the name, in any case
	 * @return the values, in order
	 */
	default List<String> headers(String name) {
		String first = header(name);
		return (first != null) ? List.of(first) : List.of();
	}

	/**
	 * The whole address as it was sent: scheme, authority, path and query.
	 * @return the address; {@code null} where it is not known, so that no answer can be
	 * kept for it
	 */
	default @Nullable String uri() {
		return null;
	}

	/**
	 * The route that a gateway takes the call by: what it makes of an answer is its own.
	 * @return the route's id; {@code null} elsewhere
	 */
	default @Nullable String route() {
		return null;
	}

	/**
	 * The first value of a query parameter, decoded.
	 * @param name the name
	 * @return the value; empty for a parameter without one
	 */
	@Nullable String query(String name);

	/**
	 * The value of a cookie.
	 * @param name the name
	 * @return the value
	 */
	default @Nullable String cookie(String name) {
		return null;
	}

	/**
	 * The service that calls, as far as it is trusted.
	 * @return the calling service
	 */
	default @Nullable String caller() {
		return null;
	}

	/**
	 * How much the call matters, as far as whoever says so is trusted.
	 * @return the priority
	 */
	default Priority priority() {
		return Priority.DEFAULT;
	}

	/**
	 * The authenticated principal's name; known in {@link Segment#IDENTIFIED} only.
	 * @return the principal
	 */
	default @Nullable String principal() {
		return null;
	}

	/**
	 * The address of the client, without port.
	 * @return the address
	 */
	default @Nullable String clientIp() {
		return null;
	}

	/**
	 * A label that travels with the call as baggage.
	 * @param name the baggage key
	 * @return the value
	 */
	default @Nullable String label(String name) {
		return null;
	}

	/**
	 * Whether the call is one of a method of this process, and no request. Only rules
	 * that name its service act on it: what is said of all calls is meant for requests.
	 * Whoever names it knows what it does, so a retry repeats it as told.
	 * @return whether it stays in this process
	 */
	default boolean isLocal() {
		return false;
	}

	/**
	 * Whether its protocol says that the call may be repeated, whatever its method.
	 * @return whether it may; not, by default
	 */
	default boolean isIdempotent() {
		return false;
	}

	/**
	 * What a method of this process is called with.
	 * @return its arguments; none for requests
	 */
	default List<@Nullable Object> arguments() {
		return List.of();
	}

	/**
	 * What the result of a call that stays in this process depends on, beside its
	 * {@link #owner()}: calls with equal ones may share it.
	 * @return the subject; {@code null} where the result must not be kept
	 */
	default @Nullable Object subject() {
		return null;
	}

	/**
	 * Who a call that stays in this process is made on behalf of: equal for the same
	 * principal.
	 * @return the owner; {@code null} where that is not known
	 */
	default @Nullable Object owner() {
		return null;
	}

	/**
	 * What load shedding drops last and first.
	 */
	enum Priority {

		/** Dropped last. */
		CRITICAL,

		/** Everything that says nothing else. */
		DEFAULT,

		/** Dropped first. */
		SHEDDABLE;

		private final String wireValue = name().toLowerCase(Locale.ROOT);

		/**
		 * The value on the wire.
		 * @return the name in lower case
		 */
		public String wireValue() {
			return this.wireValue;
		}

		/**
		 * Reads a value from the wire.
		 * @param value the header's value
		 * @return the priority; {@link #DEFAULT} for what is absent or unknown
		 */
		public static Priority fromWire(@Nullable String value) {
			for (Priority priority : values()) {
				if (priority.wireValue().equalsIgnoreCase(value)) {
					return priority;
				}
			}
			return DEFAULT;
		}

	}

}

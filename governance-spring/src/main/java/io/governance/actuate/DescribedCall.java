// SPDX-License-Identifier: Apache-2.0

package io.governance.actuate;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

import io.governance.policy.Call;
import io.governance.policy.Direction;
import io.governance.request.QueryString;
import org.jspecify.annotations.Nullable;

/**
 * A call that an operator describes, field by field; what is left out takes a default, or
 * is absent from the call. Immutable.
 */
final class DescribedCall implements Call {

	private static final String LOCAL = "CALL";

	private static final Pattern METHOD = Pattern.compile("[A-Z][A-Z-]*");

	private static final Pattern ADDRESS = Pattern.compile("[0-9.]+|[0-9a-fA-F:.]*:[0-9a-fA-F:.%]*");

	private final Map<String, String> fields;

	private final Direction direction;

	private final String service;

	private final Priority priority;

	private final Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

	private final Map<String, String> labels = new TreeMap<>();

	/**
	 * Reads a description.
	 * @param fields what is described, by name
	 * @param ownService this process's own service
	 * @throws InvalidFieldException if a field has another form than it must
	 */
	DescribedCall(Map<String, String> fields, String ownService) {
		this.fields = Map.copyOf(fields);
		this.service = fields.getOrDefault("service", ownService);
		this.direction = direction(ownService);
		this.priority = readPriority();
		if (!METHOD.matcher(method()).matches()) {
			throw new InvalidFieldException("method", method(), "the name of an HTTP method");
		}
		if (!path().startsWith("/") || path().indexOf('?') >= 0) {
			throw new InvalidFieldException("path", path(), "a path that starts with /, without a query");
		}
		String address = fields.get("clientIp");
		if (address != null && !ADDRESS.matcher(address).matches()) {
			throw new InvalidFieldException("clientIp", address, "an address such as 192.0.2.1");
		}
		split("headers", "\\R", ":", "a line for each header, such as x-user-group: tester", this.headers);
		split("labels", ",", "=", "labels divided by commas, such as lane=blue,user-group=tester", this.labels);
	}

	private Direction direction(String ownService) {
		String written = this.fields.get("direction");
		if (written == null) {
			return this.service.equals(ownService) ? Direction.INBOUND : Direction.OUTBOUND;
		}
		for (Direction candidate : Direction.values()) {
			if (candidate.name().equalsIgnoreCase(written)) {
				if (candidate == Direction.INBOUND && !this.service.equals(ownService)) {
					throw new InvalidFieldException("service", this.service,
							ownService + ", which is what inbound calls are for here");
				}
				return candidate;
			}
		}
		throw new InvalidFieldException("direction", written, "inbound or outbound");
	}

	private Priority readPriority() {
		String written = this.fields.get("priority");
		Priority read = Priority.fromWire(written);
		if (written != null && !read.wireValue().equalsIgnoreCase(written)) {
			throw new InvalidFieldException("priority", written, "critical, default or sheddable");
		}
		return read;
	}

	/**
	 * What is wrong is not repeated: it may be a secret.
	 */
	private void split(String field, String divider, String sign, String expected, Map<String, String> values) {
		for (String part : this.fields.getOrDefault(field, "").split(divider)) {
			int end = part.indexOf(sign);
			if (end < 1 && !part.isBlank()) {
				throw new InvalidFieldException(field, "...", expected);
			}
			if (end > 0) {
				values.putIfAbsent(part.substring(0, end).strip(), part.substring(end + 1).strip());
			}
		}
	}

	/**
	 * What was taken for the call, without values that may be secret.
	 */
	Map<String, Object> summary() {
		Map<String, Object> summary = new TreeMap<>(this.fields);
		Set.of("headers", "labels", "query").forEach(summary::remove);
		summary.put("direction", this.direction);
		summary.put("service", this.service);
		summary.put("method", method());
		summary.put("path", path());
		summary.put("priority", this.priority.wireValue());
		summary.put("headers", new TreeSet<>(this.headers.keySet()));
		return summary;
	}

	/**
	 * Work of this process has the method that no HTTP client sends.
	 */
	@Override
	public boolean isLocal() {
		return this.direction == Direction.OUTBOUND && LOCAL.equals(method());
	}

	@Override
	public Direction direction() {
		return this.direction;
	}

	@Override
	public String service() {
		return this.service;
	}

	@Override
	public String method() {
		return this.fields.getOrDefault("method", "GET").toUpperCase(Locale.ROOT);
	}

	@Override
	public String path() {
		return this.fields.getOrDefault("path", "/");
	}

	@Override
	public @Nullable String host() {
		String host = this.fields.get("host");
		return (host != null) ? host.toLowerCase(Locale.ROOT) : null;
	}

	@Override
	public @Nullable String header(String name) {
		return this.headers.get(name);
	}

	@Override
	public @Nullable String query(String name) {
		return new QueryString(this.fields.get("query")).first(name);
	}

	@Override
	public @Nullable String cookie(String name) {
		for (String cookie : this.headers.getOrDefault("cookie", "").split(";")) {
			String[] parts = cookie.strip().split("=", 2);
			if (parts.length == 2 && parts[0].equals(name)) {
				return parts[1];
			}
		}
		return null;
	}

	@Override
	public @Nullable String caller() {
		return this.fields.get("caller");
	}

	@Override
	public Priority priority() {
		return this.priority;
	}

	@Override
	public @Nullable String principal() {
		return this.fields.get("principal");
	}

	@Override
	public @Nullable String clientIp() {
		return this.fields.get("clientIp");
	}

	@Override
	public @Nullable String label(String name) {
		return this.labels.get(name);
	}

}

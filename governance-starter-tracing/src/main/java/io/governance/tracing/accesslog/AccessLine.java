// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

import io.governance.policy.Rejection;
import org.jspecify.annotations.Nullable;

/**
 * Makes a line of a record: secrets masked, control characters escaped, never longer than
 * allowed. Used by the writing thread only.
 */
final class AccessLine {

	static final String FORWARDED_FOR = "x-forwarded-for";

	static final String USER_AGENT = "user-agent";

	static final String REQUEST_ID = "x-request-id";

	static final String AUTHORITY = "host";

	private static final DateTimeFormatter TIME = DateTimeFormatter
		.ofPattern("yyyy-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
		.withZone(ZoneOffset.UTC);

	private final AccessLogSettings.Line settings;

	private final String service;

	private final Masking masking;

	AccessLine(AccessLogSettings settings) {
		this.settings = settings.line();
		this.service = settings.service();
		this.masking = new Masking(this.settings.mask());
	}

	/**
	 * Formats a record. A line that is too long is made again of shorter parts, so that
	 * its form stays whole.
	 */
	String of(AccessRecord access) {
		Function<Integer, String> formatted = (limit) -> format(fields(access, limit));
		int limit = AccessRecord.MAX_PATH * 2;
		String line = formatted.apply(limit);
		while (line.length() > this.settings.maxLength() && limit > 1) {
			limit /= 2;
			line = formatted.apply(limit);
		}
		return line;
	}

	private String format(Map<String, @Nullable Object> fields) {
		return (this.settings.format() == AccessLogFormat.JSON) ? LineFormats.json(fields) : LineFormats.text(fields);
	}

	private Map<String, @Nullable Object> fields(AccessRecord access, int limit) {
		Map<String, @Nullable Object> fields = new LinkedHashMap<>();
		request(fields, access, limit);
		answer(fields, access);
		headers(fields, access, limit);
		peers(fields, access, limit);
		if (this.settings.format() == AccessLogFormat.JSON) {
			origin(fields, access, limit);
		}
		for (String name : this.settings.headers()) {
			fields.put(LineFormats.HEADER + name.toLowerCase(Locale.ROOT), header(access, name, limit));
		}
		return fields;
	}

	private void request(Map<String, @Nullable Object> fields, AccessRecord access, int limit) {
		AccessRecord.RequestLine request = access.request();
		fields.put("start_time", TIME.format(Instant.ofEpochMilli(access.timing().startMillis())));
		fields.put("method", AccessRecord.cut(request.method(), limit));
		fields.put("path", AccessRecord.cut(target(request), limit));
		fields.put("protocol", request.protocol());
	}

	private @Nullable String target(AccessRecord.RequestLine request) {
		String path = request.path();
		if (path == null) {
			return null;
		}
		String query = request.query();
		return this.masking.path(path) + ((query != null) ? "?" + this.masking.query(query) : "");
	}

	private static void answer(Map<String, @Nullable Object> fields, AccessRecord access) {
		AccessRecord.Answer answer = access.answer();
		fields.put("response_code", answer.status());
		fields.put("response_flags", ResponseFlags.of(access));
		fields.put("response_code_details", details(answer.rejection()));
		fields.put("connection_termination_details", null);
		fields.put("upstream_transport_failure_reason", null);
		fields.put("bytes_received", answer.received());
		fields.put("bytes_sent", answer.sent());
		fields.put("duration", TimeUnit.NANOSECONDS.toMillis(access.timing().nanos()));
		fields.put("upstream_service_time", null);
	}

	private static @Nullable String details(@Nullable Rejection rejection) {
		if (rejection == null) {
			return null;
		}
		return rejection.reason().name() + ((rejection.rule() != null) ? "{" + rejection.rule() + "}" : "");
	}

	private void headers(Map<String, @Nullable Object> fields, AccessRecord access, int limit) {
		fields.put("x_forwarded_for", header(access, FORWARDED_FOR, limit));
		fields.put("user_agent", header(access, USER_AGENT, limit));
		fields.put("x_request_id", header(access, REQUEST_ID, limit));
		fields.put("authority", header(access, AUTHORITY, limit));
	}

	private @Nullable String header(AccessRecord access, String name, int limit) {
		String value = access.peers().headers().get(name.toLowerCase(Locale.ROOT));
		return (value != null) ? AccessRecord.cut(this.masking.header(name, value), limit) : null;
	}

	private static void peers(Map<String, @Nullable Object> fields, AccessRecord access, int limit) {
		Upstream upstream = access.upstream();
		fields.put("upstream_host", (upstream != null) ? AccessRecord.cut(upstream.host(), limit) : null);
		fields.put("upstream_cluster", (upstream != null) ? AccessRecord.cut(upstream.cluster(), limit) : null);
		fields.put("upstream_local_address", null);
		fields.put("downstream_local_address", address(access.peers().local()));
		fields.put("downstream_remote_address", address(access.peers().remote()));
		fields.put("requested_server_name", null);
		fields.put("route_name", (upstream != null) ? AccessRecord.cut(upstream.route(), limit) : null);
	}

	private static @Nullable String address(AccessRecord.Address address) {
		String host = address.host();
		if (host == null) {
			return null;
		}
		boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[");
		return (bare ? "[" + host + "]" : host) + ":" + address.port();
	}

	private void origin(Map<String, @Nullable Object> fields, AccessRecord access, int limit) {
		AccessRecord.Origin origin = access.origin();
		Rejection rejection = access.answer().rejection();
		Upstream upstream = access.upstream();
		fields.put("trace_id", origin.traceId());
		fields.put("span_id", origin.spanId());
		fields.put("service", this.service);
		fields.put("caller", AccessRecord.cut(origin.caller(), limit));
		fields.put("reason", (rejection != null) ? rejection.reason().name() : null);
		fields.put("rule", (rejection != null) ? rejection.rule() : null);
		fields.put("attempts", (upstream != null) ? upstream.attempts() : null);
	}

}

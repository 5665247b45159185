// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.http;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.embeddedconsul.catalog.CheckDefinition;
import io.governance.embeddedconsul.catalog.CheckStatus;
import io.governance.embeddedconsul.catalog.Probe;
import io.governance.embeddedconsul.store.RefusedException;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Reads checks from registrations and refuses what makes no sense, in Consul's words.
 */
final class CheckReader {

	static final Set<String> FIELDS = Set.of("checkid", "name", "notes", "status", "ttl", "http", "tcp", "interval",
			"timeout", "method", "header", "body", "tlsskipverify", "deregistercriticalserviceafter", "script", "args",
			"scriptargs", "dockercontainerid", "shell", "grpc", "grpcusetls", "aliasnode", "aliasservice",
			"outputmaxsize", "successbeforepassing", "failuresbeforecritical");

	private static final List<String> NOT_RUN = List.of("script", "args", "scriptargs", "dockercontainerid",
			"aliasnode", "aliasservice", "body");

	private static final Duration SHORTEST_REAP = Duration.ofMinutes(1);

	private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(10);

	private CheckReader() {
	}

	/**
	 * Reads a check.
	 * @param fields its JSON
	 * @param id its id
	 * @param name its name
	 * @param serviceId the instance it belongs to, or empty
	 */
	static CheckDefinition read(Fields fields, String id, String name, String serviceId) {
		for (String kind : NOT_RUN) {
			if (fields.has(kind)) {
				throw invalid(
						kind + " (expected: a TTL, HTTP, TCP or gRPC check, the embedded registry runs no others)");
			}
		}
		if (fields.has("interval") && fields.has("ttl")) {
			throw invalid("Interval and TTL cannot both be specified");
		}
		Probe probe = probe(fields);
		Duration ttl = fields.duration("ttl");
		if (probe == null && (ttl == null || ttl.isNegative() || ttl.isZero())) {
			throw invalid("TTL must be > 0 for TTL checks");
		}
		String type = (probe == null) ? "ttl" : probe.kind().text();
		return new CheckDefinition(id, name, fields.text("notes"), type, serviceId, ttl, probe,
				status(fields.text("status")), reapAfter(fields));
	}

	private static @Nullable Probe probe(Fields fields) {
		Probe.Kind kind = kind(fields);
		if (kind == null) {
			return null;
		}
		Duration interval = fields.duration("interval");
		if (interval == null || interval.isNegative() || interval.isZero()) {
			throw invalid("Interval must be > 0 for Script, HTTP, or TCP checks");
		}
		Duration timeout = fields.duration("timeout");
		Map<String, List<String>> headers = new LinkedHashMap<>();
		fields.entries("header").forEach((name, values) -> headers.put(name, headerValues(name, values)));
		String method = fields.text("method");
		return new Probe(kind, fields.text(kind.text()), method.isEmpty() ? "GET" : method, headers,
				new Probe.Tls(fields.flag("grpcusetls"), fields.flag("tlsskipverify")), interval,
				(timeout != null) ? timeout : DEFAULT_TIMEOUT);
	}

	private static Probe.@Nullable Kind kind(Fields fields) {
		for (Probe.Kind kind : Probe.Kind.values()) {
			if (fields.has(kind.text())) {
				return kind;
			}
		}
		return null;
	}

	private static List<String> headerValues(String name, JsonNode values) {
		List<String> texts = new ArrayList<>();
		values.forEach((value) -> texts.add(Fields.text(name, value)));
		return texts;
	}

	private static @Nullable Duration reapAfter(Fields fields) {
		Duration after = fields.duration("deregistercriticalserviceafter");
		if (after == null || after.isNegative() || after.isZero()) {
			return null;
		}
		return (after.compareTo(SHORTEST_REAP) < 0) ? SHORTEST_REAP : after;
	}

	private static CheckStatus status(String text) {
		if (text.isEmpty()) {
			return CheckStatus.CRITICAL;
		}
		return CheckStatus.of(text)
			.orElseThrow(() -> new RefusedException(400, "Status for checks must 'passing', 'warning', 'critical'"));
	}

	private static RefusedException invalid(String why) {
		return new RefusedException(400, "Invalid check: " + why);
	}

}

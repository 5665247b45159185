// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.governance.tracing.metrics.istio.IstioRequest.Reporter;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Records calls and requests as {@code istio_requests_total},
 * {@code istio_request_duration_milliseconds}, {@code istio_request_bytes} and
 * {@code istio_response_bytes}, with Envoy's bounds of buckets. Thread-safe.
 */
final class IstioMetrics {

	static final String UNKNOWN = Workload.UNKNOWN;

	private static final double[] BOUNDS = { 0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1000, 2500, 5000, 10_000, 30_000,
			60_000, 300_000, 600_000, 1_800_000, 3_600_000 };

	private final MeterRegistry registry;

	private final Workload own;

	private final IstioBounds bounds;

	/**
	 * Has as many as the bounds let through, and one of what overflows for each status
	 * and flag.
	 */
	private final Map<IstioRequest, Meters> kept = new ConcurrentHashMap<>();

	IstioMetrics(MeterRegistry registry, IstioSettings settings) {
		this.registry = registry;
		this.own = settings.workload();
		this.bounds = settings.bounds();
	}

	/**
	 * Records one.
	 * @param request what it was
	 * @param millis how long it took
	 * @param requestBytes the size of its body; negative when not known
	 * @param responseBytes the size of its response's body; negative when not known
	 */
	void record(IstioRequest request, double millis, long requestBytes, long responseBytes) {
		Meters meters = this.kept.get(request);
		if (meters == null) {
			meters = this.kept.computeIfAbsent(this.bounds.bound(request), this::register);
		}
		meters.requests.increment();
		meters.duration.record(millis);
		if (requestBytes >= 0) {
			meters.received.record(requestBytes);
		}
		if (responseBytes >= 0) {
			meters.sent.record(responseBytes);
		}
	}

	private Meters register(IstioRequest request) {
		Tags tags = tags(request);
		return new Meters(
				Counter.builder("istio.requests")
					.description("Calls by their caller, requests by their receiver")
					.tags(tags)
					.register(this.registry),
				summary("istio.request.duration", "milliseconds", "How long they took", tags),
				summary("istio.request", "bytes", "Sizes of their bodies", tags),
				summary("istio.response", "bytes", "Sizes of the bodies of their responses", tags));
	}

	private DistributionSummary summary(String name, String unit, String description, Tags tags) {
		return DistributionSummary.builder(name)
			.baseUnit(unit)
			.description(description)
			.serviceLevelObjectives(BOUNDS)
			.tags(tags)
			.register(this.registry);
	}

	private Tags tags(IstioRequest request) {
		boolean source = request.reporter() == Reporter.SOURCE;
		Workload peer = new Workload(request.peer(), request.peer().equals(UNKNOWN) ? UNKNOWN : this.own.namespace(),
				UNKNOWN, UNKNOWN);
		Workload destination = source ? peer : this.own;
		return Tags
			.of("reporter", request.reporter().label(), "request_protocol", "http", "response_code",
					String.valueOf(request.code()), "grpc_response_status", "", "response_flags", request.flags(),
					"connection_security_policy", UNKNOWN)
			.and(side("source", source ? this.own : peer))
			.and(side("destination", destination))
			.and("destination_service", source ? request.host() : this.own.name(), "destination_service_name",
					destination.name(), "destination_service_namespace", destination.namespace());
	}

	private static Tags side(String side, Workload workload) {
		return Tags.of(side + "_workload", workload.name(), side + "_workload_namespace", workload.namespace(),
				side + "_principal", UNKNOWN, side + "_app", workload.name(), side + "_version", workload.version(),
				side + "_cluster", workload.cluster(), side + "_canonical_service", workload.name(),
				side + "_canonical_revision", workload.revision());
	}

	/**
	 * The meters of one combination of labels.
	 */
	private record Meters(Counter requests, DistributionSummary duration, DistributionSummary received,
			DistributionSummary sent) {

	}

}

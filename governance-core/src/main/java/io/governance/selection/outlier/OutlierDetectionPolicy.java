// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.outlier;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

import io.governance.rule.PolicyContext;
import io.governance.selection.EjectionPolicy;
import io.governance.selection.OutlierDetector;
import org.jspecify.annotations.Nullable;

/**
 * Makes a detector per called service, and shows what they leave out. Who asks for one
 * closes it: so there are as many as services that are called.
 */
final class OutlierDetectionPolicy implements EjectionPolicy {

	private static final int MAX_SHOWN = 20;

	private final OutlierDetectionRule rule;

	private final PolicyContext context;

	private final Map<String, ServiceDetector> detectors = new ConcurrentHashMap<>();

	OutlierDetectionPolicy(OutlierDetectionRule rule, PolicyContext context) {
		this.rule = rule;
		this.context = context;
	}

	@Override
	public OutlierDetector newDetector(String service, @Nullable OutlierDetector before) {
		ServiceDetector detector = new ServiceDetector(service, this.rule, this.context,
				(before instanceof ServiceDetector running) ? running.records() : Map.of(),
				(closed) -> this.detectors.remove(service, closed));
		this.detectors.put(service, detector);
		return detector;
	}

	@Override
	public String state() {
		return new TreeMap<>(this.detectors).entrySet()
			.stream()
			.filter((entry) -> entry.getValue().ejected() > 0)
			.limit(MAX_SHOWN)
			.map((entry) -> entry.getKey() + "=" + entry.getValue().state())
			.collect(Collectors.joining(" "));
	}

}

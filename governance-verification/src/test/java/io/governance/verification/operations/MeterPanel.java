// SPDX-License-Identifier: Apache-2.0

package io.governance.verification.operations;

import java.util.List;
import java.util.stream.Collectors;

import io.governance.metrics.GovernanceMeter;
import io.governance.verification.operations.Dashboard.Panel;
import io.governance.verification.operations.Dashboard.Query;
import io.micrometer.core.instrument.Meter;

/**
 * The panel that each meter of the suite has: counters as rates by their tags, states for
 * each instance.
 */
final class MeterPanel {

	static final String SELECTED = "service=~\"$service\",instance=~\"$instance\"";

	private MeterPanel() {
	}

	static Panel of(GovernanceMeter meter) {
		boolean state = meter.type() == Meter.Type.GAUGE;
		List<String> labels = meter.tags().stream().map(MeterNames::label).toList();
		String by = (state ? "service, instance" : "service") + (labels.isEmpty() ? "" : ", ")
				+ String.join(", ", labels);
		String series = MeterNames.of(meter) + "{" + SELECTED + "}";
		String expression = state ? "max by (" + by + ") (" + series + ")"
				: "sum by (" + by + ") (rate(" + series + "[$__rate_interval]))";
		String legend = (state ? "{{service}} {{instance}}" : "{{service}}")
				+ labels.stream().map((label) -> " {{" + label + "}}").collect(Collectors.joining());
		return new Panel(meter.meterName(), meter.description() + ".", unit(meter, state),
				new Query(expression, legend));
	}

	private static String unit(GovernanceMeter meter, boolean state) {
		if (!state) {
			return "bytes".equals(meter.unit()) ? "Bps" : "ops";
		}
		if (meter.unit() == null) {
			return "short";
		}
		return "seconds".equals(meter.unit()) ? "s" : meter.unit();
	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.metrics.istio;

import io.governance.time.TimeSource;
import io.micrometer.core.instrument.MeterRegistry;

import org.springframework.beans.factory.ObjectProvider;

/**
 * What the handlers work with.
 *
 * @param registry where the metrics go
 * @param workload what this process says about itself
 * @param time the clock
 * @param bounds which peers have series of their own
 */
public record IstioSettings(ObjectProvider<MeterRegistry> registry, Workload workload, TimeSource time,
		IstioBounds bounds) {

}

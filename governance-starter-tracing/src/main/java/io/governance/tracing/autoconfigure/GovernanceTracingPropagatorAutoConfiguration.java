// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import io.governance.tracing.propagation.MultiValuePropagator;
import io.micrometer.tracing.brave.bridge.BravePropagator;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.brave.autoconfigure.BraveAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Primary;

/**
 * Auto-configuration of the propagator that sees every line of a repeated header, in
 * front of Spring Boot's own. Absent where an application brings a propagator of its own.
 * Off with {@code governance.tracing.enabled=false}.
 */
@AutoConfiguration(after = BraveAutoConfiguration.class, before = MicrometerTracingAutoConfiguration.class)
@ConditionalOnClass({ brave.Tracer.class, BravePropagator.class })
@ConditionalOnSingleCandidate(BravePropagator.class)
@ConditionalOnBooleanProperty(name = "governance.tracing.enabled", matchIfMissing = true)
public final class GovernanceTracingPropagatorAutoConfiguration {

	@Bean
	@Primary
	@ConditionalOnMissingBean
	MultiValuePropagator governancePropagator(BravePropagator propagator) {
		return new MultiValuePropagator(propagator);
	}

}

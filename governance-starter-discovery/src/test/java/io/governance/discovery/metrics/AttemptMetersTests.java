// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.metrics;

import io.governance.discovery.Instance;
import io.governance.discovery.ManualTime;
import io.governance.discovery.ScriptedSource;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.support.StaticListableBeanFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link AttemptMeters}.
 */
class AttemptMetersTests {

	private static final Instance ONE = ScriptedSource.instance("orders", 1);

	private static final Instance TWO = ScriptedSource.instance("orders", 2);

	private final MeterRegistry registry = new SimpleMeterRegistry();

	private final ManualTime time = new ManualTime();

	private final AttemptMeters meters;

	AttemptMetersTests() {
		StaticListableBeanFactory beans = new StaticListableBeanFactory();
		beans.addBean("registry", this.registry);
		this.meters = new AttemptMeters(beans.getBeanProvider(MeterRegistry.class), this.time);
	}

	@Test
	void anInstanceThatComesBackGoesOnCounting() {
		this.meters.counter(ONE).run();
		this.meters.gone(ONE);
		this.meters.counter(ONE).run();
		assertThat(counter(ONE).count()).isEqualTo(2);
	}

	@Test
	void theMeterOfAnInstanceThatLeftIsRemovedLater() {
		this.meters.counter(ONE).run();
		this.meters.gone(ONE);
		this.time.advance(AttemptMeters.KEEP.minusSeconds(1));
		this.meters.counter(TWO).run();
		assertThat(counter(ONE)).isNotNull();
		this.time.advance(AttemptMeters.KEEP);
		this.meters.gone(TWO);
		assertThat(counter(ONE)).isNull();
		assertThat(counter(TWO)).isNotNull();
	}

	private FunctionCounter counter(Instance instance) {
		return this.registry.find("governance.attempts")
			.tags("service", instance.service(), "target", instance.address())
			.functionCounter();
	}

}

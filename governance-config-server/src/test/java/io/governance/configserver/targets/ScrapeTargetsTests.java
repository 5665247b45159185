// SPDX-License-Identifier: Apache-2.0

package io.governance.configserver.targets;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.governance.discovery.Instance;
import io.governance.test.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Tests for {@link ScrapeTargets} and {@link ScrapeTarget}.
 */
class ScrapeTargetsTests {

	private final ManualTimeSource time = new ManualTimeSource();

	private final List<Instance> registered = new ArrayList<>();

	private boolean away;

	private Error error;

	private final ScrapeTargets targets = new ScrapeTargets(this::answer,
			new TargetsProperties(Duration.ofSeconds(5), Set.of("consul")), this.time);

	@Test
	void beforeTheFirstAnswerThereIsNothing() {
		assertThat(this.targets.current()).isNull();
		assertThat(new TargetsController(this.targets).targets().getStatusCode().value()).isEqualTo(503);
		this.away = true;
		this.targets.refresh();
		assertThat(this.targets.current()).isNull();
	}

	@Test
	void anInstanceIsATargetWithWhatItSaysAboutItself() {
		this.registered.add(instance("orders",
				Map.of("metrics-path", "/actuator/prometheus", "version", "2", "zone", "a", "password", "secret")));
		this.targets.refresh();
		assertThat(this.targets.current()).containsExactly(new ScrapeTarget(List.of("10.0.0.1:8080"),
				Map.of("service", "orders", "instance_id", "orders-1", "version", "2", "zone", "a", "__metrics_path__",
						"/actuator/prometheus", "__scheme__", "http")));
	}

	@Test
	void anActuatorOfItsOwnIsScrapedWhereItIs() {
		this.registered.add(new Instance("a", "orders", "::1", 8443, true,
				Map.of("management-port", "9090", "metrics-path", "/manage/metrics")));
		this.registered.add(new Instance("b", "orders", "10.0.0.2", 8443, true,
				Map.of("metrics-path", "/actuator/prometheus", "secure", "true")));
		this.registered.add(new Instance("c", "orders", "10.0.0.3", 8080, false, Map.of("metrics-path",
				"/actuator/prometheus", "management-port", "9090", "management-secure", "true")));
		this.targets.refresh();
		assertThat(this.targets.current())
			.extracting((target) -> target.labels().get("__scheme__") + "://" + target.targets().get(0)
					+ target.labels().get("__metrics_path__"))
			.containsExactlyInAnyOrder("http://[::1]:9090/manage/metrics", "https://10.0.0.2:8443/actuator/prometheus",
					"https://10.0.0.3:9090/actuator/prometheus");
	}

	@Test
	void whatDoesNotNameThePathOfItsMetricsIsNoTarget() {
		this.registered.add(instance("postgres", Map.of()));
		this.registered.add(instance("consul", Map.of("metrics-path", "/v1/agent/metrics")));
		this.registered.add(instance("legacy", Map.of("metrics-path", "none")));
		this.targets.refresh();
		assertThat(this.targets.current()).isEmpty();
	}

	@Test
	void theTargetsStayWhileTheRegistryIsAwayAndTheirAgeIsSeen() {
		this.registered.add(instance("orders", Map.of("metrics-path", "/actuator/prometheus")));
		this.targets.refresh();
		this.away = true;
		this.time.advance(Duration.ofSeconds(30));
		this.targets.refresh();
		assertThat(this.targets.current()).hasSize(1);
		assertThat(this.targets.staleSeconds()).isEqualTo(30);
		this.away = false;
		this.registered.clear();
		this.targets.refresh();
		assertThat(this.targets.current()).isEmpty();
		assertThat(this.targets.staleSeconds()).isZero();
	}

	@Test
	void aQuestionThatHangsIsSeen() {
		this.targets.refresh();
		this.time.advance(Duration.ofSeconds(10));
		assertThat(this.targets.staleSeconds()).isZero();
		this.time.advance(Duration.ofSeconds(80));
		assertThat(this.targets.staleSeconds()).isEqualTo(90);
	}

	@Test
	void anErrorDoesNotEndTheQuestions() {
		this.error = new NoClassDefFoundError("of the registry's client");
		this.targets.refresh();
		this.time.advance(Duration.ofSeconds(1));
		assertThat(this.targets.staleSeconds()).isEqualTo(1);
		this.error = null;
		this.targets.refresh();
		assertThat(this.targets.staleSeconds()).isZero();
	}

	@Test
	void aBadIntervalIsNamed() {
		assertThatIllegalArgumentException().isThrownBy(() -> new TargetsProperties(Duration.ZERO, Set.of()))
			.withMessage("governance.config-server.targets.refresh-interval: PT0S (expected: at least 100ms)");
	}

	private List<Instance> answer() {
		if (this.error != null) {
			throw this.error;
		}
		if (this.away) {
			throw new IllegalStateException("registry is away");
		}
		return List.copyOf(this.registered);
	}

	private static Instance instance(String service, Map<String, String> metadata) {
		return new Instance(service + "-1", service, "10.0.0.1", 8080, false, metadata);
	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.client;

import java.time.Duration;
import java.util.List;

import io.governance.engine.PolicyEngine;
import io.governance.policy.Outcome;
import io.governance.policy.Stage;
import io.governance.rule.EnforcementOverrides;
import io.governance.rule.RuleDefinition;
import io.governance.rule.RuleSet;
import io.governance.test.FakeInstances;
import io.governance.test.ProbeRule;
import io.governance.test.ProbeRuleType;
import io.governance.test.ScriptedUpstream;
import io.governance.test.contract.OutboundSetting;
import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;

import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

/**
 * A request that cannot be made says nothing of the callee, and must not count against
 * it.
 */
class OwnFailureTests {

	private final ScriptedUpstream upstream = ScriptedUpstream.start();

	private final ProbeRuleType attempts = new ProbeRuleType(Stage.BULKHEAD);

	@AfterEach
	void close() {
		this.upstream.close();
	}

	@Test
	void aBodyThatCannotBeWrittenByRestClient() {
		RestClient client = RestClient.builder()
			.requestFactory(ClientsUnderTest.staged(setting(), new JdkClientHttpRequestFactory()))
			.build();
		assertThat(catchThrowable(() -> client.method(HttpMethod.PUT)
			.uri("http://inventory/items")
			.contentType(MediaType.APPLICATION_JSON)
			.body(new Unwritable())
			.retrieve()
			.toBodilessEntity())).isNotNull();
		assertIgnored();
	}

	@Test
	void aBodyThatCannotBeWrittenByWebClient() {
		WebClient client = ClientsUnderTest.webClient(setting());
		assertThat(catchThrowable(() -> client.put()
			.uri("http://inventory/items")
			.contentType(MediaType.APPLICATION_JSON)
			.bodyValue(new Unwritable())
			.retrieve()
			.toBodilessEntity()
			.block(Duration.ofSeconds(10)))).isNotNull();
		assertIgnored();
	}

	@Test
	void aPublisherThatFailsHalfway() {
		WebClient client = ClientsUnderTest.webClient(setting());
		Flux<String> failing = Flux.just("first").concatWith(Flux.error(new IllegalStateException("source gone")));
		assertThat(catchThrowable(() -> client.put()
			.uri("http://inventory/items")
			.body(failing, String.class)
			.retrieve()
			.toBodilessEntity()
			.block(Duration.ofSeconds(10)))).isNotNull();
		assertIgnored();
	}

	private void assertIgnored() {
		assertThat(this.attempts.releases()).extracting(Outcome::kind).containsExactly(Outcome.Kind.CANCELLED);
		assertThat(this.attempts.held()).isZero();
	}

	private OutboundSetting setting() {
		PolicyEngine engine = new PolicyEngine("orders", TimeSource.system(), () -> 0L);
		engine
			.apply(new RuleSet("test", List.of(new RuleDefinition<>(this.attempts, "attempt", ProbeRule.any(), "test")),
					EnforcementOverrides.NONE));
		return new OutboundSetting(engine, TimeSource.system(), "orders",
				new FakeInstances(List.of(this.upstream.uri())));
	}

	/**
	 * Has a property that cannot be read.
	 */
	public static final class Unwritable {

		public String getProperty() {
			throw new IllegalStateException("unwritable");
		}

	}

}

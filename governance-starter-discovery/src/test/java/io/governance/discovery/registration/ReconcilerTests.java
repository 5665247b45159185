// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import io.governance.discovery.ManualTime;
import io.governance.discovery.consul.ConsulAddress;
import io.governance.discovery.consul.ConsulAgent;
import io.governance.discovery.consul.ConsulClient;
import io.governance.discovery.consul.ConsulReachability;
import io.governance.discovery.consul.ScriptedAgent;
import io.governance.discovery.consul.ScriptedAgent.Reply;
import io.governance.discovery.consul.ServiceDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link Reconciler}.
 */
class ReconcilerTests {

	private static final ServiceDefinition WANTED = new ServiceDefinition("orders-1", "orders", "10.0.0.1", 8080,
			Map.of("version", "1"), Duration.ofSeconds(9), Duration.ofMinutes(5));

	private static final String REGISTER = "PUT register";

	private static final String HEARTBEAT = "PUT service%3Aorders-1";

	private static final String DEREGISTER = "PUT orders-1";

	private static final long BEGIN = new ManualTime().epochMillis();

	private final ManualTime time = new ManualTime();

	private ScriptedAgent server;

	private Reconciler reconciler;

	@BeforeEach
	void start() throws IOException {
		this.server = new ScriptedAgent((asked) -> Reply.ok());
		ConsulAddress address = this.server.address(null);
		this.reconciler = new Reconciler(
				new ConsulAgent(new ConsulClient(address, new ConsulReachability(address), Runnable::run),
						Duration.ofSeconds(2)),
				() -> 0, this.time);
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void registersOnceAndThenSendsAHeartbeatEachThirdOfTheTimeToLive() {
		assertThat(this.reconciler.step(WANTED)).isEqualTo(Duration.ofSeconds(3));
		assertThat(this.reconciler.step(WANTED)).isEqualTo(Duration.ofSeconds(3));
		assertThat(asked()).containsExactly(REGISTER, HEARTBEAT);
		assertThat(this.reconciler.status())
			.isEqualTo(new RegistrationStatus(RegistrationState.REGISTERED, "orders-1", null, BEGIN));
	}

	@Test
	void anAgentThatForgotTheInstanceGetsItInTheSameStep() {
		this.reconciler.step(WANTED);
		this.server.script((asked) -> asked.uri().contains("/check/")
				? new Reply(500, 1, "Unknown check \"service:orders-1\"") : Reply.ok());
		assertThat(this.reconciler.step(WANTED)).isEqualTo(Duration.ofSeconds(3));
		assertThat(asked()).containsExactly(REGISTER, HEARTBEAT, REGISTER);
		assertThat(this.reconciler.registrations()).isEqualTo(2);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REGISTERED);
	}

	@Test
	void aRefusalIsSeenWithItsReasonAndHealsWithoutARestart() {
		this.server.script((asked) -> new Reply(403, 1, "Permission denied"));
		assertThat(this.reconciler.step(WANTED)).isEqualTo(Duration.ofMillis(250));
		assertThat(this.reconciler.status()).isEqualTo(new RegistrationStatus(RegistrationState.REFUSED, "orders-1",
				"PUT /v1/agent/service/register: 403 Permission denied", BEGIN));
		this.server.script((asked) -> Reply.ok());
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REGISTERED);
	}

	@Test
	void sinceWhenItIsLostStaysWhileTheReasonChanges() {
		this.reconciler.step(WANTED);
		this.time.advance(Duration.ofSeconds(10));
		this.server.script((asked) -> new Reply(403, 1, "Permission denied"));
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status().isLost()).isTrue();
		assertThat(this.reconciler.status().sinceMillis()).isEqualTo(BEGIN + 10_000);
		this.time.advance(Duration.ofSeconds(10));
		this.server.close();
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.AWAY);
		assertThat(this.reconciler.status().sinceMillis()).isEqualTo(BEGIN + 10_000);
		this.reconciler.step(null);
		assertThat(this.reconciler.status().isLost()).isFalse();
	}

	@Test
	void waitsLongerAfterEachFailureUpToFiveSeconds() {
		this.server.close();
		Duration[] rests = new Duration[7];
		for (int i = 0; i < rests.length; i++) {
			rests[i] = this.reconciler.step(WANTED);
		}
		assertThat(rests).extracting(Duration::toMillis).containsExactly(250L, 500L, 1000L, 2000L, 4000L, 5000L, 5000L);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.AWAY);
		assertThat(this.reconciler.status().error()).contains("no answer");
	}

	@Test
	void aStepThatFailsUnexpectedlyIsSeenAndTriedAgainWithTheSameRests() {
		IllegalStateException error = new IllegalStateException("no address");
		assertThat(this.reconciler.failed(error)).isEqualTo(Duration.ofMillis(250));
		assertThat(this.reconciler.failed(error)).isEqualTo(Duration.ofMillis(500));
		assertThat(this.reconciler.status().error()).contains("no address");
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REGISTERED);
	}

	@Test
	void whatIsNotWantedAnyMoreIsTakenOut() {
		this.reconciler.step(WANTED);
		this.reconciler.step(null);
		this.reconciler.step(null);
		assertThat(asked()).containsExactly(REGISTER, DEREGISTER);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.NOT_WANTED);
	}

	@Test
	void aChangeOfWhatIsWantedIsRegistered() {
		this.reconciler.step(WANTED);
		this.reconciler.step(new ServiceDefinition("orders-1", "orders", "10.0.0.1", 8080, Map.of("version", "2"),
				Duration.ofSeconds(9), Duration.ofMinutes(5)));
		assertThat(asked()).containsExactly(REGISTER, REGISTER);
	}

	@Test
	void leavingTriesOnceAndEndsInAnyCase() {
		this.reconciler.step(WANTED);
		this.server.script((asked) -> new Reply(500, 1, "no leader"));
		this.reconciler.leave();
		assertThat(asked()).containsExactly(REGISTER, DEREGISTER);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.LEFT);
	}

	private List<String> asked() {
		return this.server.asked()
			.stream()
			.map((asked) -> asked.method() + " " + asked.uri().replaceFirst("\\?.*", "").replaceFirst(".*/", ""))
			.toList();
	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.registration;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.discovery.ManualTime;
import io.governance.discovery.consul.ConsulAccess;
import io.governance.discovery.consul.ConsulAgent;
import io.governance.discovery.consul.ConsulClient;
import io.governance.discovery.consul.ConsulException;
import io.governance.discovery.consul.ConsulReachability;
import io.governance.discovery.consul.RememberingAgent;
import io.governance.discovery.consul.ScriptedAgent;
import io.governance.discovery.consul.ScriptedAgent.Reply;
import io.governance.discovery.consul.ServiceCheck;
import io.governance.discovery.consul.ServiceDefinition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link Reconciler}.
 */
class ReconcilerTests {

	private static final Duration FORGET = Duration.ofMinutes(5);

	private static final ServiceDefinition WANTED = wanted("1", new ServiceCheck.Ttl(Duration.ofSeconds(9), FORGET));

	private static final ServiceDefinition ASKED = wanted("1", new ServiceCheck.Http("http://10.0.0.1:8080/health",
			Duration.ofSeconds(2), Duration.ofSeconds(1), false, FORGET));

	private static final String REGISTER = "PUT register";

	private static final String HEARTBEAT = "PUT service%3Aorders-1";

	private static final String LOOK = "GET orders-1";

	private static final String OTHER = "PUT orders-1";

	private static final long BEGIN = new ManualTime().epochMillis();

	private final ManualTime time = new ManualTime();

	private final RememberingAgent memory = new RememberingAgent();

	private final AtomicReference<String> token = new AtomicReference<>("first");

	private ScriptedAgent server;

	private Reconciler reconciler;

	@BeforeEach
	void start() throws IOException {
		this.server = new ScriptedAgent(this.memory);
		ConsulAccess access = ConsulAccess.of(this.server.address(), this.token::get);
		this.reconciler = new Reconciler(
				new ConsulAgent(new ConsulClient(access, new ConsulReachability(this.server.address()), Runnable::run),
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
		assertThat(asked()).containsExactly(REGISTER, LOOK, HEARTBEAT, LOOK);
		assertThat(this.reconciler.status())
			.isEqualTo(new RegistrationStatus(RegistrationState.REGISTERED, "orders-1", null, BEGIN));
	}

	@Test
	void anInstanceThatTheAgentAsksIsOnlyLookedAt() {
		assertThat(this.reconciler.step(ASKED)).isEqualTo(Duration.ofSeconds(2));
		this.reconciler.step(ASKED);
		assertThat(asked()).containsExactly(REGISTER, LOOK, LOOK);
		this.memory.forget();
		this.reconciler.step(ASKED);
		assertThat(asked()).endsWith(LOOK, REGISTER, LOOK);
		assertThat(this.reconciler.registrations()).isEqualTo(2);
	}

	@Test
	void anAgentThatForgotTheInstanceGetsItInTheSameStep() {
		this.reconciler.step(WANTED);
		this.memory.forget();
		assertThat(this.reconciler.step(WANTED)).isEqualTo(Duration.ofSeconds(3));
		assertThat(asked()).containsExactly(REGISTER, LOOK, HEARTBEAT, REGISTER, LOOK);
		assertThat(this.reconciler.registrations()).isEqualTo(2);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REGISTERED);
	}

	@Test
	void whatSomeoneElseChangedIsPutRight() {
		this.reconciler.step(WANTED);
		this.memory.change("Address", "10.6.6.6");
		this.reconciler.step(WANTED);
		this.reconciler.step(WANTED);
		assertThat(asked()).containsExactly(REGISTER, LOOK, HEARTBEAT, LOOK, REGISTER, LOOK, HEARTBEAT, LOOK);
	}

	@Test
	void aCheckThatAnotherVersionLeftIsRemoved() {
		this.reconciler.step(WANTED);
		this.reconciler.step(ASKED);
		assertThat(this.memory.checks()).containsExactly("service:orders-1:http");
	}

	@Test
	void aRefusalIsSeenWithItsReasonAndHealsWithoutARestart() {
		this.server.script((asked) -> new Reply(403, 1, "Permission denied"));
		assertThat(this.reconciler.step(WANTED)).isEqualTo(Duration.ofMillis(250));
		assertThat(this.reconciler.status()).isEqualTo(new RegistrationStatus(RegistrationState.REFUSED, "orders-1",
				"PUT /v1/agent/service/register: 403 Permission denied. The token has too few rights (expected: "
						+ "service:write for orders)",
				BEGIN));
		this.server.script((asked) -> new Reply(403, 1, "ACL not found"));
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status().error()).contains("403 ACL not found. The agent does not know the token",
				"governance.discovery.consul.token-file");
		this.server.script(this.memory);
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REGISTERED);
	}

	@Test
	void aTokenThatIsRefusedLaterIsNoLossAndIsTriedWithAHeartbeat() {
		this.reconciler.step(WANTED);
		this.server.script((asked) -> new Reply(403, 1, "ACL not found"));
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REFUSED);
		this.server.script(this.memory);
		this.reconciler.step(WANTED);
		assertThat(asked()).containsExactly(REGISTER, LOOK, HEARTBEAT, HEARTBEAT, LOOK);
		assertThat(this.reconciler.registrations()).isEqualTo(1);
	}

	@Test
	void aNewTokenIsGivenToTheAgentByRegisteringAgain() {
		this.reconciler.step(WANTED);
		this.token.set("second");
		this.reconciler.step(WANTED);
		this.reconciler.step(WANTED);
		assertThat(asked()).containsExactly(REGISTER, LOOK, REGISTER, LOOK, HEARTBEAT, LOOK);
		assertThat(this.reconciler.registrations()).as("it was never lost").isEqualTo(1);
	}

	@Test
	void aCheckThatFailsIsSeenWithWhatItSaid() {
		this.reconciler.step(ASKED);
		this.memory.check("service:orders-1:http", "critical", "HTTP GET http://10.0.0.1:8080/health: 404");
		this.reconciler.step(ASKED);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.UNHEALTHY);
		assertThat(this.reconciler.status().isLost()).isTrue();
		assertThat(this.reconciler.status().error())
			.isEqualTo("check service:orders-1:http is critical: HTTP GET http://10.0.0.1:8080/health: 404");
		this.memory.check("service:orders-1:http", "passing", "");
		this.reconciler.step(ASKED);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REGISTERED);
	}

	@Test
	void maintenanceBeginsAndEnds() {
		this.reconciler.step(WANTED);
		this.reconciler.maintain("repair");
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status())
			.isEqualTo(new RegistrationStatus(RegistrationState.MAINTENANCE, "orders-1", "repair", BEGIN));
		assertThat(this.reconciler.status().isLost()).isFalse();
		assertThat(this.reconciler.status().isRegistered()).isTrue();
		this.reconciler.maintain(null);
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.REGISTERED);
	}

	@Test
	void maintenanceOutlivesTheAgentsMemoryWhoeverBeganIt() {
		this.reconciler.step(WANTED);
		this.memory.maintenance("orders-1", "by-hand");
		this.reconciler.step(WANTED);
		this.memory.forget();
		this.reconciler.step(WANTED);
		assertThat(this.memory.checks()).contains("_service_maintenance:orders-1");
		assertThat(this.reconciler.status().error()).isEqualTo("by-hand");
		this.memory.maintenance("orders-1", null);
		this.reconciler.step(WANTED);
		this.memory.forget();
		this.reconciler.step(WANTED);
		assertThat(this.memory.checks()).containsExactly("service:orders-1");
	}

	@Test
	void maintenanceBeforeTheRegistrationBeginsWithIt() {
		this.reconciler.maintain(" ");
		assertThat(asked()).isEmpty();
		this.reconciler.step(WANTED);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.MAINTENANCE);
	}

	@Test
	void maintenanceThatTheAgentRefusesDoesNotBegin() {
		this.reconciler.step(WANTED);
		this.server.script((asked) -> new Reply(403, 1, "Permission denied"));
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> this.reconciler.maintain("repair"));
		this.server.script(this.memory);
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
		assertThat(asked()).containsExactly(REGISTER, LOOK, OTHER);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.NOT_WANTED);
	}

	@Test
	void aChangeOfWhatIsWantedIsRegistered() {
		this.reconciler.step(WANTED);
		this.reconciler.step(wanted("2", WANTED.check()));
		assertThat(asked()).containsExactly(REGISTER, LOOK, REGISTER, LOOK);
	}

	@Test
	void leavingTriesOnceAndEndsInAnyCase() {
		this.reconciler.step(WANTED);
		this.server.script((asked) -> new Reply(500, 1, "no leader"));
		this.reconciler.leave();
		assertThat(asked()).containsExactly(REGISTER, LOOK, OTHER);
		assertThat(this.reconciler.status().state()).isEqualTo(RegistrationState.LEFT);
	}

	@Test
	void leavingTriesEvenIfTheLastRegistrationWasRefused() {
		this.reconciler.step(WANTED);
		this.memory.forget();
		this.server.script((asked) -> asked.uri().contains("/check/pass/") ? this.memory.answer(asked)
				: new Reply(403, 1, "Permission denied"));
		this.reconciler.step(WANTED);
		this.reconciler.leave();
		assertThat(asked()).endsWith(OTHER);
	}

	private static ServiceDefinition wanted(String version, ServiceCheck check) {
		return new ServiceDefinition("orders-1", "orders", "10.0.0.1", 8080, List.of(), Map.of("version", version),
				check);
	}

	private List<String> asked() {
		return this.server.asked()
			.stream()
			.map((asked) -> asked.method() + " " + asked.uri().replaceFirst("\\?.*", "").replaceFirst(".*/", ""))
			.toList();
	}

}

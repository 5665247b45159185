// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.consul;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.discovery.consul.ScriptedAgent.Reply;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.ServiceDefinition;
import io.governance.discovery.registration.InstanceRegistry.Standing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests for {@link ConsulRegistry}.
 */
class ConsulRegistryTests {

	private static final Duration FORGET = Duration.ofMinutes(5);

	private static final ServiceDefinition WANTED = wanted("1",
			new ServiceDefinition.Check.Ttl(Duration.ofSeconds(9), FORGET));

	private static final ServiceDefinition ASKED = wanted("1", new ServiceDefinition.Check.Http(
			"http://10.0.0.1:8080/health", Duration.ofSeconds(2), Duration.ofSeconds(1), false, FORGET));

	private static final String REGISTER = "PUT register";

	private static final String HEARTBEAT = "PUT service%3Aorders-1";

	private static final String LOOK = "GET orders-1";

	private static final String OTHER = "PUT orders-1";

	private static final String MAINTENANCE = "_service_maintenance:orders-1";

	private final RememberingAgent memory = new RememberingAgent();

	private final AtomicReference<String> token = new AtomicReference<>("first");

	private ScriptedAgent server;

	private ConsulRegistry registry;

	@BeforeEach
	void start() throws IOException {
		this.server = new ScriptedAgent(this.memory);
		this.registry = registry();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void registersOnceAndThenSendsHeartbeats() {
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(Standing.registered(true));
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(Standing.registered(false));
		assertThat(asked()).containsExactly(REGISTER, LOOK, HEARTBEAT, LOOK);
	}

	@Test
	void anInstanceThatTheAgentAsksIsOnlyLookedAt() {
		this.registry.confirm(ASKED, null);
		this.registry.confirm(ASKED, null);
		assertThat(asked()).containsExactly(REGISTER, LOOK, LOOK);
		this.memory.forget();
		assertThat(this.registry.confirm(ASKED, null)).isEqualTo(Standing.registered(true));
		assertThat(asked()).endsWith(LOOK, REGISTER, LOOK);
	}

	@Test
	void anAgentThatForgotTheInstanceGetsItAtOnce() {
		this.registry.confirm(WANTED, null);
		this.memory.forget();
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(Standing.registered(true));
		assertThat(asked()).containsExactly(REGISTER, LOOK, HEARTBEAT, REGISTER, LOOK);
	}

	@Test
	void whatSomeoneElseChangedIsPutRight() {
		this.registry.confirm(WANTED, null);
		this.memory.change("Address", "10.6.6.6");
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(Standing.registered(true));
		this.registry.confirm(WANTED, null);
		assertThat(asked()).containsExactly(REGISTER, LOOK, HEARTBEAT, LOOK, REGISTER, LOOK, HEARTBEAT, LOOK);
	}

	@Test
	void aChangeOfWhatIsWantedIsRegisteredAndNothingWasLost() {
		this.registry.confirm(WANTED, null);
		assertThat(this.registry.confirm(wanted("2", WANTED.check()), null)).isEqualTo(Standing.registered(false));
		assertThat(asked()).containsExactly(REGISTER, LOOK, REGISTER, LOOK);
	}

	@Test
	void aCheckThatAnotherVersionLeftIsRemoved() {
		this.registry.confirm(WANTED, null);
		this.registry.confirm(ASKED, null);
		assertThat(this.memory.checks()).containsExactly("service:orders-1:http");
	}

	@Test
	void aRefusalSaysWhatToDo() {
		this.server.script((asked) -> new Reply(403, 1, "Permission denied"));
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> this.registry.confirm(WANTED, null))
			.withMessage("PUT /v1/agent/service/register: 403 Permission denied. The token has too few rights "
					+ "(expected: service:write for orders)")
			.matches((ex) -> ex.refused() && !ex.noAnswer());
		this.server.script((asked) -> new Reply(403, 1, "ACL not found"));
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> this.registry.confirm(WANTED, null))
			.withMessageContainingAll("403 ACL not found. The agent does not know the token",
					"governance.discovery.consul.token-file");
		this.server.script(this.memory);
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(Standing.registered(true));
	}

	@Test
	void aTokenThatIsRefusedLaterIsNoLossAndIsTriedWithAHeartbeat() {
		this.registry.confirm(WANTED, null);
		this.server.script((asked) -> new Reply(403, 1, "ACL not found"));
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> this.registry.confirm(WANTED, null));
		this.server.script(this.memory);
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(Standing.registered(false));
		assertThat(asked()).containsExactly(REGISTER, LOOK, HEARTBEAT, HEARTBEAT, LOOK);
	}

	@Test
	void aNewTokenIsGivenToTheAgentByRegisteringAgain() {
		this.registry.confirm(WANTED, null);
		this.token.set("second");
		assertThat(this.registry.confirm(WANTED, null)).as("it was never lost").isEqualTo(Standing.registered(false));
		this.registry.confirm(WANTED, null);
		assertThat(asked()).containsExactly(REGISTER, LOOK, REGISTER, LOOK, HEARTBEAT, LOOK);
	}

	@Test
	void aCheckThatFailsIsSeenWithWhatItSaid() {
		this.registry.confirm(ASKED, null);
		this.memory.check("service:orders-1:http", "critical", "HTTP GET http://10.0.0.1:8080/health: 404");
		assertThat(this.registry.confirm(ASKED, null)).isEqualTo(new Standing(RegistrationState.UNHEALTHY,
				"check service:orders-1:http is critical: HTTP GET http://10.0.0.1:8080/health: 404", false));
		this.memory.check("service:orders-1:http", "passing", "");
		assertThat(this.registry.confirm(ASKED, null)).isEqualTo(Standing.registered(false));
	}

	@Test
	void anInstanceThatWasSickWhenTheAgentDroppedItDoesNotComeBackHealthy() {
		this.registry.confirm(ASKED, null);
		this.memory.check("service:orders-1:http", "critical", "timeout");
		this.registry.confirm(ASKED, null);
		this.memory.forget();
		Standing sick = new Standing(RegistrationState.UNHEALTHY, "check service:orders-1:http is critical", true);
		assertThat(this.registry.confirm(ASKED, null)).isEqualTo(sick);
		this.memory.check("service:orders-1:http", "passing", "");
		assertThat(this.registry.confirm(ASKED, null)).isEqualTo(Standing.registered(false));
		this.memory.forget();
		assertThat(this.registry.confirm(ASKED, null)).isEqualTo(Standing.registered(true));
	}

	@Test
	void aNewTokenDoesNotMakeASickInstanceHealthy() {
		this.registry.confirm(ASKED, null);
		this.memory.check("service:orders-1:http", "critical", "timeout");
		this.registry.confirm(ASKED, null);
		this.token.set("second");
		assertThat(this.registry.confirm(ASKED, null))
			.isEqualTo(new Standing(RegistrationState.UNHEALTHY, "check service:orders-1:http is critical", false));
	}

	@Test
	void anInstanceThatBeginsAnewIsHealthyAgain() {
		this.registry.confirm(ASKED, null);
		this.memory.check("service:orders-1:http", "critical", "timeout");
		this.registry.confirm(ASKED, null);
		this.registry.remove();
		assertThat(this.registry.confirm(ASKED, null)).isEqualTo(Standing.registered(true));
	}

	@Test
	void outOfServiceIsMaintenanceWithItsReasonUntilItIsBack() {
		this.registry.confirm(WANTED, null);
		assertThat(this.registry.confirm(WANTED, "repair")).isEqualTo(out("repair", false));
		assertThat(this.registry.confirm(WANTED, "repair")).isEqualTo(out("repair", false));
		assertThat(this.memory.checks()).contains(MAINTENANCE);
		assertThat(this.registry.confirm(wanted("1b", WANTED.check()), null)).isEqualTo(Standing.registered(false));
		assertThat(this.memory.checks()).containsExactly("service:orders-1");
	}

	@Test
	void outOfServiceIsNotEndedByAnybodyElse() {
		this.registry.confirm(WANTED, null);
		this.registry.confirm(WANTED, "repair");
		this.memory.maintenance("orders-1", null);
		assertThat(this.registry.confirm(WANTED, "repair")).isEqualTo(out("repair", false));
		assertThat(this.memory.checks()).contains(MAINTENANCE);
	}

	@Test
	void anAgentThatForgotAnInstanceOutOfServiceNeverListsItAsOneToCall() {
		this.registry.confirm(WANTED, "repair");
		this.memory.forget();
		assertThat(this.registry.confirm(WANTED, "repair")).isEqualTo(out("repair", true));
		assertThat(this.server.asked()).filteredOn((asked) -> asked.uri().contains("/service/register"))
			.hasSize(2)
			.allSatisfy((asked) -> assertThat(asked.body()).contains("\"Status\":\"critical\""));
		assertThat(asked()).endsWith(REGISTER, LOOK, OTHER, HEARTBEAT);
	}

	@Test
	void anAgentThatAsksAnInstanceOutOfServiceIsSentHeartbeatsInstead() {
		this.registry.confirm(ASKED, null);
		this.registry.confirm(ASKED, "repair");
		assertThat(this.memory.checks()).containsExactly(MAINTENANCE, "service:orders-1");
		this.registry.confirm(ASKED, null);
		assertThat(this.memory.checks()).containsExactly("service:orders-1:http");
	}

	@Test
	void maintenanceByHandIsRespectedAndOutlivesTheAgentsMemory() {
		this.registry.confirm(WANTED, null);
		this.memory.maintenance("orders-1", "by-hand");
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(byHand(false));
		this.memory.forget();
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(byHand(true));
		assertThat(this.memory.checks()).contains(MAINTENANCE);
		this.memory.maintenance("orders-1", null);
		this.registry.confirm(WANTED, null);
		this.memory.forget();
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(Standing.registered(true));
		assertThat(this.memory.checks()).containsExactly("service:orders-1");
	}

	@Test
	void maintenanceThatIsEndedByHandDuringARegistrationIsNotBegunAgain() {
		this.registry.confirm(WANTED, null);
		this.memory.maintenance("orders-1", "by-hand");
		this.registry.confirm(WANTED, null);
		this.server.script((asked) -> {
			if (asked.uri().contains("/service/register")) {
				this.memory.maintenance("orders-1", null);
			}
			return this.memory.answer(asked);
		});
		this.registry.confirm(wanted("2", WANTED.check()), null);
		assertThat(this.memory.checks()).containsExactly("service:orders-1");
	}

	@Test
	void whatAnOperatorBeganByHandIsNotEndedWithOutOfService() {
		this.registry.confirm(WANTED, null);
		this.memory.maintenance("orders-1", "by-hand");
		assertThat(this.registry.confirm(WANTED, "repair")).isEqualTo(byHand(false));
		assertThat(this.registry.confirm(WANTED, null)).isEqualTo(byHand(false));
	}

	@Test
	void aProcessThatWasKilledOutOfServiceBeginsInServiceAndNotWhereAnOperatorSaidOtherwise() {
		this.registry.confirm(WANTED, "repair");
		ConsulRegistry next = registry();
		assertThat(next.confirm(WANTED, null)).isEqualTo(Standing.registered(true));
		this.memory.maintenance("orders-1", "by-hand");
		assertThat(registry().confirm(WANTED, null)).isEqualTo(byHand(true));
	}

	@Test
	void maintenanceThatTheAgentRefusesIsTriedAgain() {
		this.registry.confirm(WANTED, null);
		this.server.script((asked) -> asked.uri().contains("/maintenance/") ? new Reply(403, 1, "Permission denied")
				: this.memory.answer(asked));
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> this.registry.confirm(WANTED, "repair"));
		this.server.script(this.memory);
		assertThat(this.registry.confirm(WANTED, "repair")).isEqualTo(out("repair", false));
	}

	@Test
	void whatIsRemovedIsRemovedOnce() {
		this.registry.confirm(WANTED, null);
		this.registry.remove();
		this.registry.remove();
		assertThat(asked()).containsExactly(REGISTER, LOOK, OTHER);
	}

	@Test
	void whatMayBeThereIsRemovedEvenIfTheLastRegistrationWasRefused() {
		this.registry.confirm(WANTED, null);
		this.memory.forget();
		this.server.script((asked) -> asked.uri().contains("/check/pass/") ? this.memory.answer(asked)
				: new Reply(403, 1, "Permission denied"));
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> this.registry.confirm(WANTED, null));
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> this.registry.remove());
		assertThat(asked()).endsWith(OTHER);
	}

	@Test
	void anAgentThatIsAwayIsNoRefusal() {
		this.server.close();
		assertThatExceptionOfType(ConsulException.class).isThrownBy(() -> this.registry.confirm(WANTED, null))
			.matches((ex) -> ex.noAnswer() && !ex.refused())
			.withMessageContaining("no answer");
	}

	private ConsulRegistry registry() {
		ConsulAccess access = ConsulAccess.of(this.server.address(), this.token::get);
		return new ConsulRegistry(
				new ConsulClient(access, new ConsulReachability(this.server.address()), Runnable::run),
				Duration.ofSeconds(2));
	}

	/** The memory keeps the reason as it was sent. */
	private static Standing out(String reason, boolean anew) {
		return new Standing(RegistrationState.MAINTENANCE, ConsulMaintenance.OWN + reason, anew);
	}

	private static Standing byHand(boolean anew) {
		return new Standing(RegistrationState.MAINTENANCE, "by-hand", anew);
	}

	private static ServiceDefinition wanted(String version, ServiceDefinition.Check check) {
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

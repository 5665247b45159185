// SPDX-License-Identifier: Apache-2.0

package io.governance.selection.mirror;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import io.governance.match.StringMatch;
import io.governance.policy.FakeCall;
import io.governance.rule.TestContext;
import io.governance.selection.Copy;
import io.governance.selection.Destination.OnEmpty;
import io.governance.selection.Hosts;
import io.governance.time.ManualTimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class MirrorPolicyTests {

	private final TestContext context = new TestContext("mirror/trial", new ManualTimeSource());

	private MirrorPolicy policy(MirrorTarget to, double percent, int inFlight) {
		return new MirrorPolicy(new MirrorRule(null, null, 0, to, percent, 10L, inFlight), this.context.context());
	}

	private static MirrorTarget trial() {
		return new MirrorTarget("inventory-trial", null);
	}

	@Test
	void copiesToAnotherService() {
		Copy copy = policy(trial(), 100, 5).copy(FakeCall.to("inventory"));
		assertThat(copy.service()).isEqualTo("inventory-trial");
		assertThat(copy.maxBodyBytes()).isEqualTo(10);
		assertThat(copy.destination().rule()).isEqualTo("mirror/trial");
		assertThat(copy.destination().headers().add()).containsExactly(Map.entry("x-governance-mirror", "true"));
	}

	@Test
	void copiesToOtherInstancesAndToNoneOfTheOrdinaryOnes() {
		MirrorTarget next = new MirrorTarget(null, Map.of("version", StringMatch.exact("2")));
		Copy copy = policy(next, 100, 5).copy(FakeCall.to("inventory"));
		assertThat(copy.service()).isEqualTo("inventory");
		assertThat(copy.destination().subset().onEmpty()).isEqualTo(OnEmpty.FAIL);
		assertThat(copy.destination().subset().selected()).accepts(Hosts.with("a", "version", "2"))
			.rejects(Hosts.with("b", "version", "1"));
	}

	@Test
	void aCopyIsNotCopied() {
		FakeCall copy = FakeCall.to("inventory").header("X-Governance-Mirror", "true");
		assertThat(policy(trial(), 100, 5).copy(copy)).isNull();
	}

	@Test
	void copiesItsShareOfTheCalls() {
		MirrorPolicy policy = policy(trial(), 12.5, 5);
		int copies = 0;
		for (int i = 0; i < 100_000; i++) {
			Copy copy = policy.copy(FakeCall.to("inventory"));
			if (copy != null) {
				copies++;
				copy.release();
			}
		}
		assertThat(copies).isBetween(12_000, 13_000);
		assertThat(policy(trial(), 0, 5).copy(FakeCall.to("inventory"))).isNull();
	}

	@Test
	void noMoreThanSoManyAreUnderWay() {
		MirrorPolicy policy = policy(trial(), 100, 2);
		List<Copy> copies = new ArrayList<>();
		for (int i = 0; i < 5; i++) {
			copies.add(policy.copy(FakeCall.to("inventory")));
		}
		assertThat(copies.subList(0, 2)).doesNotContainNull();
		assertThat(copies.subList(2, 5)).containsOnlyNulls();
		assertThat(this.context.counted("overflow")).isEqualTo(3);
		assertThat(policy.state()).isEqualTo("2 in flight");
		copies.get(0).release();
		copies.get(0).release();
		assertThat(policy.state()).isEqualTo("1 in flight");
		assertThat(policy.copy(FakeCall.to("inventory"))).isNotNull();
	}

}

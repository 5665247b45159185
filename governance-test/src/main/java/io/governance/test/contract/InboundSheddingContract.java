// SPDX-License-Identifier: Apache-2.0

package io.governance.test.contract;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;

import io.governance.match.Match;
import io.governance.policy.Enforcement;
import io.governance.policy.Stage;
import io.governance.policy.loadshedding.LoadSheddingRule;
import io.governance.test.ProbeRuleType;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Part of {@link InboundContract}: a busy server turns away what is too much for it, and
 * first what matters less.
 */
interface InboundSheddingContract {

	/**
	 * The running server.
	 * @return the fixture
	 */
	InboundFixture fixture();

	/**
	 * Makes a call and waits until nothing is held for it any more.
	 */
	private HttpResponse<String> call(ProbeRuleType outermost, String priority) {
		HttpResponse<String> response = fixture().get("/hello", "x-governance-priority", priority);
		outermost.nextRelease();
		return response;
	}

	@Test
	default void aBusyServerTurnsAwayWhatMattersLess() throws IOException {
		ScriptedShedding shedding = new ScriptedShedding();
		ProbeRuleType outermost = new ProbeRuleType(Stage.INBOUND_DEADLINE);
		// at its busiest 2 critical calls may be in flight, and 1 of the others
		fixture().apply(InboundFixture.probing(outermost), InboundFixture.define(shedding, "busy",
				new LoadSheddingRule(Match.ANY, Enforcement.ENFORCED, 0, 90, 1)));
		fixture().gate().shut();
		try (InputStream one = fixture().open("/stream").body(); InputStream other = fixture().open("/stream").body()) {
			assertThat(one.read()).isEqualTo('f');
			assertThat(other.read()).isEqualTo('f');
			for (int i = 0; i < 30; i++) {
				assertThat(call(outermost, "sheddable").statusCode()).isEqualTo(200);
			}
			shedding.cpu(1);
			assertThat(call(outermost, "sheddable").statusCode()).isEqualTo(503);
			assertThat(call(outermost, "critical").statusCode()).isEqualTo(200);
			HttpResponse<String> response = call(outermost, "default");
			assertThat(response.statusCode()).isEqualTo(503);
			assertThat(response.headers().firstValue("retry-after")).hasValue("1");
			assertThat(response.headers().firstValue("x-governance-not-processed")).hasValue("true");
			assertThat(response.body()).contains("\"rule\":\"load-shedding/busy\"", "\"reason\":\"overloaded\"");
			fixture().gate().open();
			one.readAllBytes();
			other.readAllBytes();
			outermost.nextRelease();
			outermost.nextRelease();
			assertThat(call(outermost, "sheddable").statusCode()).as("nothing is in flight").isEqualTo(200);
		}
	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import io.governance.time.TimeSource;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Blocking queries: they wake on the change they wait for, and on no other.
 */
interface BlockingScenarios extends Scenario {

	@Test
	default void aQueryBehindIsAnsweredAtOnce() {
		register("web-1", "web", "30s");
		ConsulHttp.Answer answer = atOnce(() -> consul().get("/v1/health/service/web?wait=15s&index=1"));
		assertThat(answer.json()).hasSize(1);
		assertThat(atOnce(() -> consul().get("/v1/health/service/web?wait=15s&index=0")).json()).hasSize(1);
		assertThat(atOnce(() -> consul().get("/v1/health/service/web?wait=15s")).json()).hasSize(1);
	}

	@Test
	default void aQueryWithoutAChangeIsAnsweredWhenItsTimeIsUp() {
		register("web-1", "web", "30s");
		long index = consul().get("/v1/health/service/web").index();
		long begin = TimeSource.system().nanoTime();
		ConsulHttp.Answer answer = consul().get("/v1/health/service/web?wait=300ms&index=" + index);
		assertThat(millisSince(begin)).isBetween(290L, 5000L);
		assertThat(answer.index()).isEqualTo(index);
		assertThat(answer.json()).hasSize(1);
	}

	@Test
	default void aQueryAheadWaitsToo() {
		long begin = TimeSource.system().nanoTime();
		ConsulHttp.Answer answer = consul().get("/v1/catalog/services?wait=300ms&index=999999");
		assertThat(millisSince(begin)).isGreaterThanOrEqualTo(290L);
		assertThat(answer.index()).isBetween(1L, 999_998L);
	}

	@Test
	default void aHealthQueryWakesWhenAnInstanceBeginsToPass() {
		register("web-1", "web", "30s");
		CompletableFuture<ConsulHttp.Answer> blocked = block("/v1/health/service/web?passing");
		consul().put("/v1/agent/check/pass/service:web-1");
		assertThat(Scenario.ids(woken(blocked).json())).containsExactly("web-1");
	}

	@Test
	default void aHealthQueryWakesWhenAnInstanceComesAndGoes() {
		register("web-1", "web", "30s");
		CompletableFuture<ConsulHttp.Answer> coming = block("/v1/health/service/web");
		register("web-2", "web", "30s");
		assertThat(woken(coming).json()).hasSize(2);
		CompletableFuture<ConsulHttp.Answer> going = block("/v1/health/service/web");
		consul().put("/v1/agent/service/deregister/web-1");
		assertThat(Scenario.ids(woken(going).json())).containsExactly("web-2");
	}

	@Test
	default void aHealthQueryWakesWhenTheLastInstanceGoes() {
		register("web-1", "web", "30s");
		CompletableFuture<ConsulHttp.Answer> blocked = block("/v1/health/service/web");
		long before = consul().get("/v1/health/service/web").index();
		consul().put("/v1/agent/service/deregister/web-1");
		consul().await("/v1/health/service/web", (instances) -> instances.isEmpty());
		assertThat(woken(blocked).index()).isGreaterThan(before);
	}

	@Test
	default void aHealthQueryWakesWhenATtlExpires() {
		register("web-1", "web", "800ms");
		pass("web-1", "web");
		CompletableFuture<ConsulHttp.Answer> blocked = block("/v1/health/service/web?passing");
		assertThat(woken(blocked).json()).isEmpty();
	}

	@Test
	default void aHealthQueryForAServiceToComeWakesWhenItComes() {
		CompletableFuture<ConsulHttp.Answer> blocked = block("/v1/health/service/web");
		consul().put("/v1/agent/service/register", "{\"ID\": \"web-1\", \"Name\": \"web\"}");
		assertThat(Scenario.ids(woken(blocked).json())).containsExactly("web-1");
	}

	@Test
	default void aHealthQuerySleepsThroughWhatHappensToOthers() {
		register("web-1", "web", "30s");
		register("shop-1", "shop", "30s");
		long index = consul().get("/v1/health/service/web").index();
		long begin = TimeSource.system().nanoTime();
		CompletableFuture<ConsulHttp.Answer> blocked = consul()
			.getLater("/v1/health/service/web?wait=800ms&index=" + index);
		pass("shop-1", "shop");
		consul().put("/v1/kv/key", "value");
		assertThat(woken(blocked).index()).isEqualTo(index);
		assertThat(millisSince(begin)).isGreaterThanOrEqualTo(790L);
	}

	@Test
	default void theListOfServicesWakesForRegistrationsAndNotForValues() {
		long index = consul().get("/v1/catalog/services").index();
		long begin = TimeSource.system().nanoTime();
		CompletableFuture<ConsulHttp.Answer> asleep = consul()
			.getLater("/v1/catalog/services?wait=500ms&index=" + index);
		consul().put("/v1/kv/key", "value");
		assertThat(woken(asleep).index()).isEqualTo(index);
		assertThat(millisSince(begin)).isGreaterThanOrEqualTo(490L);
		CompletableFuture<ConsulHttp.Answer> blocked = block("/v1/catalog/services");
		consul().put("/v1/agent/service/register", "{\"Name\": \"web\"}");
		assertThat(woken(blocked).json().has("web")).isTrue();
	}

	@Test
	default void theIndexOfAServiceOnlyGrows() {
		register("web-1", "web", "30s");
		long first = consul().get("/v1/health/service/web").index();
		pass("web-1", "web");
		long second = consul().get("/v1/health/service/web").index();
		consul().put("/v1/agent/service/deregister/web-1");
		long third = consul().await("/v1/health/service/web", (instances) -> instances.isEmpty()).index();
		register("web-1", "web", "30s");
		long fourth = consul().get("/v1/health/service/web").index();
		assertThat(new long[] { first, second, third, fourth }).isSorted().doesNotHaveDuplicates();
	}

	@Test
	default void aQueryForAValueWakesWhenItIsMadeChangedAndDeleted() {
		CompletableFuture<ConsulHttp.Answer> made = block("/v1/kv/dir/key");
		consul().put("/v1/kv/dir/key", "1");
		assertThat(woken(made).status()).isEqualTo(200);
		CompletableFuture<ConsulHttp.Answer> changed = block("/v1/kv/dir/key?raw");
		consul().put("/v1/kv/dir/key", "2");
		assertThat(woken(changed).text()).isEqualTo("2");
		CompletableFuture<ConsulHttp.Answer> deleted = block("/v1/kv/dir/key");
		consul().delete("/v1/kv/dir/key");
		assertThat(woken(deleted).status()).isEqualTo(404);
	}

	@Test
	default void aQueryForAPrefixWakesForWhatIsBelowItOnly() {
		consul().put("/v1/kv/dir/a", "1");
		consul().put("/v1/kv/other", "1");
		long index = consul().get("/v1/kv/dir/?recurse").index();
		CompletableFuture<ConsulHttp.Answer> asleep = consul()
			.getLater("/v1/kv/dir/?recurse&wait=500ms&index=" + index);
		consul().put("/v1/kv/other", "2");
		assertThat(woken(asleep).index()).isEqualTo(index);
		CompletableFuture<ConsulHttp.Answer> added = block("/v1/kv/dir/?recurse");
		consul().put("/v1/kv/dir/b", "1");
		assertThat(woken(added).json()).hasSize(2);
		CompletableFuture<ConsulHttp.Answer> removed = block("/v1/kv/dir/?recurse");
		consul().delete("/v1/kv/dir/b");
		assertThat(woken(removed).json()).hasSize(1);
	}

	/** Starts a query that blocks on the index of now. */
	private CompletableFuture<ConsulHttp.Answer> block(String path) {
		String separator = path.contains("?") ? "&" : "?";
		long index = consul().get(path).index();
		return consul().getLater(path + separator + "wait=15s&index=" + index);
	}

	private static ConsulHttp.Answer woken(CompletableFuture<ConsulHttp.Answer> blocked) {
		return blocked.orTimeout(10, TimeUnit.SECONDS).join();
	}

	private static ConsulHttp.Answer atOnce(Supplier<ConsulHttp.Answer> query) {
		long begin = TimeSource.system().nanoTime();
		ConsulHttp.Answer answer = query.get();
		assertThat(millisSince(begin)).isLessThan(5000L);
		return answer;
	}

	private static long millisSince(long begin) {
		return Duration.ofNanos(TimeSource.system().nanoTime() - begin).toMillis();
	}

}

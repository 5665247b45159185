// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.catalog;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.embeddedconsul.ManualTime;
import io.governance.embeddedconsul.store.BlockingQuery;
import io.governance.embeddedconsul.store.RefusedException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class CatalogTests {

	private static final Duration TTL = Duration.ofSeconds(10);

	private final ManualTime time = new ManualTime();

	private final AtomicLong indexes = new AtomicLong(1);

	private final Catalog catalog = new Catalog(new Node("id", "node", "127.0.0.1", 8300, 8301), this.time,
			this.indexes::incrementAndGet);

	@Test
	void aTtlCheckExpiresExactlyAfterItsTime() {
		register("web-1", null);
		this.catalog.heartbeat("web-1", CheckStatus.PASSING, "fine");
		pass(TTL.minusNanos(1));
		assertThat(check("web-1").status()).isEqualTo(CheckStatus.PASSING);
		pass(Duration.ofNanos(1));
		assertThat(check("web-1").status()).isEqualTo(CheckStatus.CRITICAL);
		assertThat(check("web-1").publishedOutput())
			.isEqualTo("TTL expired (last output before timeout follows): fine");
	}

	@Test
	void eachReportStartsTheTimeAgain() {
		register("web-1", null);
		for (int i = 0; i < 5; i++) {
			this.catalog.heartbeat("web-1", CheckStatus.PASSING, "");
			pass(TTL.dividedBy(2));
		}
		assertThat(check("web-1").status()).isEqualTo(CheckStatus.PASSING);
	}

	@Test
	void aWarningExpiresToo() {
		register("web-1", null);
		this.catalog.heartbeat("web-1", CheckStatus.WARNING, "");
		pass(TTL);
		assertThat(check("web-1").status()).isEqualTo(CheckStatus.CRITICAL);
	}

	@Test
	void aCheckThatNeverReportedSaysSoOnce() {
		register("web-1", null);
		long index = this.indexes.get();
		pass(TTL);
		assertThat(check("web-1").output()).isEqualTo("TTL expired");
		pass(TTL);
		assertThat(check("web-1").output()).isEqualTo("TTL expired");
		assertThat(this.indexes).hasValue(index);
	}

	@Test
	void registeringAgainStartsTheTimeAgainAndKeepsTheStatus() {
		register("web-1", null);
		this.catalog.heartbeat("web-1", CheckStatus.PASSING, "");
		pass(TTL.dividedBy(2));
		long index = this.indexes.get();
		register("web-1", null);
		pass(TTL.dividedBy(2));
		assertThat(check("web-1").status()).isEqualTo(CheckStatus.PASSING);
		assertThat(this.indexes).hasValue(index);
		pass(TTL.dividedBy(2));
		assertThat(check("web-1").status()).isEqualTo(CheckStatus.CRITICAL);
	}

	@Test
	void anInstanceThatIsCriticalForTooLongIsRemoved() {
		register("web-1", Duration.ofMinutes(2));
		register("web-2", null);
		pass(Duration.ofMinutes(2).minusNanos(1));
		assertThat(this.catalog.store().state().services()).containsKeys("web-1", "web-2");
		pass(Duration.ofNanos(1));
		assertThat(this.catalog.store().state().services()).containsOnlyKeys("consul", "web-2");
		assertThat(this.catalog.store().state().checks()).doesNotContainKey("web-1");
	}

	@Test
	void aReportThatItIsStillCriticalDoesNotPutItsRemovalOff() {
		register("web-1", Duration.ofMinutes(1));
		pass(Duration.ofSeconds(40));
		this.catalog.heartbeat("web-1", CheckStatus.CRITICAL, "still broken");
		pass(Duration.ofSeconds(20));
		assertThat(this.catalog.store().state().services()).doesNotContainKey("web-1");
	}

	@Test
	void aRecoveryPutsItsRemovalOff() {
		register("web-1", Duration.ofMinutes(1));
		pass(Duration.ofSeconds(59));
		this.catalog.heartbeat("web-1", CheckStatus.PASSING, "");
		pass(TTL);
		pass(Duration.ofSeconds(59));
		assertThat(this.catalog.store().state().services()).containsKey("web-1");
		pass(Duration.ofSeconds(1));
		assertThat(this.catalog.store().state().services()).doesNotContainKey("web-1");
	}

	@Test
	void anExpiryWakesTheQueriesForItsServiceOnly() {
		register("web-1", null);
		register("shop-1", null);
		this.catalog.heartbeat("web-1", CheckStatus.PASSING, "");
		CompletableFuture<CatalogState> web = block("web");
		CompletableFuture<CatalogState> shop = block("shop");
		pass(TTL);
		assertThat(web).isCompleted();
		assertThat(shop).isNotDone();
	}

	@Test
	void aQueryIsAnsweredWhenItsTimeIsUp() {
		register("web-1", null);
		CompletableFuture<CatalogState> web = block("web");
		pass(Duration.ofMinutes(5));
		assertThat(web).isCompleted();
	}

	@Test
	void aReportWithoutAChangeOfStatusWakesNobodyAndUsesNoIndex() {
		register("web-1", null);
		this.catalog.heartbeat("web-1", CheckStatus.PASSING, "one");
		long index = this.indexes.get();
		CompletableFuture<CatalogState> web = block("web");
		this.catalog.heartbeat("web-1", CheckStatus.PASSING, "two");
		assertThat(web).isNotDone();
		assertThat(this.indexes).hasValue(index);
		assertThat(check("web-1").output()).isEqualTo("two");
		assertThat(check("web-1").publishedOutput()).isEqualTo("one");
	}

	@Test
	void theRegistryItselfCannotBeRemoved() {
		this.catalog.deregister(Catalog.SELF);
		this.catalog.deregisterCheck(Catalog.NODE_CHECK);
		assertThat(this.catalog.store().state().services()).containsOnlyKeys("consul");
		assertThat(this.catalog.store().state().checks()).containsOnlyKeys("serfHealth");
	}

	@Test
	void maintenanceOfTheNodeConcernsEveryService() {
		register("web-1", null);
		CompletableFuture<CatalogState> web = block("web");
		this.catalog.maintenance(null, true, "");
		assertThat(web).isCompleted();
		assertThat(check("_node_maintenance").definition().notes()).startsWith("Maintenance mode is enabled");
		this.catalog.maintenance(null, false, "");
		assertThat(this.catalog.store().state().checks()).doesNotContainKey("_node_maintenance");
	}

	@Test
	void aCheckThatMovesConcernsBothInstances() {
		register("web-1", null);
		register("shop-1", null);
		CompletableFuture<CatalogState> web = block("web");
		CompletableFuture<CatalogState> shop = block("shop");
		this.catalog.register(
				new CheckDefinition("web-1", "check", "", "ttl", "shop-1", TTL, null, CheckStatus.CRITICAL, null));
		assertThat(web).isCompleted();
		assertThat(shop).isCompleted();
		assertThat(this.catalog.store().state().checksOf("web-1")).isEmpty();
		assertThat(this.catalog.store().state().checksOf("shop-1")).hasSize(2);
	}

	@Test
	void onlyTtlChecksTakeReports() {
		assertThatExceptionOfType(RefusedException.class)
			.isThrownBy(() -> this.catalog.heartbeat(Catalog.NODE_CHECK, CheckStatus.PASSING, ""))
			.satisfies((refused) -> assertThat(refused.status()).isEqualTo(500));
	}

	private void register(String id, Duration deregisterAfter) {
		String name = id.substring(0, id.indexOf('-'));
		ServiceDefinition service = new ServiceDefinition(id, name, List.of(), Map.of(), "", 0, Map.of(),
				ServiceDefinition.Weights.DEFAULT, false);
		CheckDefinition check = new CheckDefinition(id, "check", "", "ttl", id, TTL, null, CheckStatus.CRITICAL,
				deregisterAfter);
		this.catalog.register(service, List.of(check), false);
	}

	private void pass(Duration by) {
		this.time.advance(by);
		this.catalog.tick();
	}

	private RegisteredCheck check(String id) {
		return this.catalog.store().state().checks().get(id);
	}

	private CompletableFuture<CatalogState> block(String service) {
		BlockingQuery query = new BlockingQuery(this.indexes.get(), Duration.ofMinutes(5).toNanos());
		return this.catalog.store().await(query, CatalogState.service(service));
	}

}

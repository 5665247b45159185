// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.Map;

import io.governance.discovery.ManualTime;
import io.governance.execution.Deadline;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

/**
 * Tests for {@link ConnectionLimits}.
 */
class ConnectionLimitsTests {

	private static final URI FIRST = URI.create("http://10.0.0.1:8080/a");

	private static final URI SECOND = URI.create("http://10.0.0.2:8080/a");

	private static final ConnectionSettings DEFAULTS = settings(2, 0, Duration.ofMillis(1));

	private final ConnectionLimits limits = limits(DEFAULTS, Map.of());

	@Test
	void anInstanceHasSoManyPlacesAndNoMore() throws IOException {
		ConnectionLimits.Place place = this.limits.take(FIRST, null);
		this.limits.take(FIRST, null);
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> this.limits.take(FIRST, null))
			.satisfies((ex) -> assertThat(ex.rejection().reason()).isEqualTo(Reason.POOL_EXHAUSTED));
		assertThat(this.limits.take(SECOND, null)).isNotNull();
		assertThat(this.limits.used()).isEqualTo(3);
		assertThat(this.limits.rejected()).isOne();
		place.leave();
		assertThat(this.limits.take(FIRST, null)).isNotNull();
	}

	@Test
	void aPlaceIsLeftOnce() throws IOException {
		ConnectionLimits.Place place = this.limits.take(FIRST, null);
		this.limits.take(FIRST, null);
		place.leave();
		place.leave();
		assertThat(this.limits.used()).isOne();
	}

	@Test
	void aCallThatWaitsInVainIsRejected() throws IOException {
		ConnectionLimits patient = limits(settings(1, 1, Duration.ofMillis(5)), Map.of());
		patient.take(FIRST, null);
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> patient.take(FIRST, null));
		assertThat(patient.pending()).isZero();
	}

	@Test
	void aCallWaitsNoLongerThanItsAttemptMayTake() throws IOException {
		ConnectionLimits patient = limits(settings(1, 1, Duration.ofDays(1)), Map.of());
		patient.take(FIRST, null);
		Deadline end = new Deadline(new ManualTime().nanoTime() + Duration.ofMillis(5).toNanos());
		assertTimeoutPreemptively(Duration.ofSeconds(20), () -> assertThatExceptionOfType(CallRejectedException.class)
			.isThrownBy(() -> patient.take(FIRST, end)));
	}

	@Test
	void aCallThatWaitsGetsThePlaceThatBecomesFree() throws Exception {
		ConnectionLimits patient = limits(settings(1, 1, Duration.ofSeconds(30)), Map.of());
		ConnectionLimits.Place place = patient.take(FIRST, null);
		Thread waiting = new Thread(() -> {
			try {
				patient.take(FIRST, null);
			}
			catch (IOException ex) {
				throw new IllegalStateException(ex);
			}
		});
		waiting.start();
		while (patient.pending() == 0) {
			Thread.onSpinWait();
		}
		place.leave();
		waiting.join(10_000);
		assertThat(waiting.isAlive()).isFalse();
		assertThat(patient.used()).isOne();
	}

	@Test
	void aServiceHasItsOwnNumber() throws IOException {
		ConnectionLimits own = limits(DEFAULTS, Map.of("orders", settings(1, 0, Duration.ofMillis(1))));
		own.take(FIRST, null);
		assertThatExceptionOfType(CallRejectedException.class).isThrownBy(() -> own.take(FIRST, null))
			.withMessageContaining("orders");
		own.take(SECOND, null);
		own.take(SECOND, null);
		assertThat(own.used()).isEqualTo(3);
	}

	@Test
	void addressesAreThoseOfInstances() {
		assertThat(ConnectionPlan.address(URI.create("http://h/a"))).isEqualTo("h:80");
		assertThat(ConnectionPlan.address(URI.create("https://h/a"))).isEqualTo("h:443");
		assertThat(ConnectionPlan.address(URI.create("http://[::1]:81/a"))).isEqualTo("[::1]:81");
		assertThat(ConnectionPlan.address("::1", 81)).isEqualTo("[::1]:81");
	}

	static ConnectionSettings settings(int size, int pending, Duration patience) {
		return new ConnectionSettings(Duration.ofSeconds(2), Duration.ofSeconds(4), null, size, pending, patience,
				null);
	}

	private static ConnectionLimits limits(ConnectionSettings defaults, Map<String, ConnectionSettings> services) {
		ConnectionPlan plan = new ConnectionPlan(defaults, defaults, services,
				(service, address) -> address.equals("10.0.0.1:8080"));
		return new ConnectionLimits(plan, new ManualTime());
	}

}

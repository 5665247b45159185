// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.inventory;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.governance.time.TimeSource;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import org.junit.jupiter.api.Test;

import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;

import static org.assertj.core.api.Assertions.assertThat;

class FaultFilterTests {

	private final Clock time = new Clock();

	private final Faults faults = new Faults();

	private final FaultFilter filter = new FaultFilter(this.faults, this.time);

	private final FilterChain chain = (request, response) -> {
		this.time.nanos += 10_000_000;
		((MockHttpServletResponse) response).setStatus(204);
	};

	@Test
	void nothingIsWrongAtFirst() throws Exception {
		assertThat(this.faults.present()).isEqualTo(Fault.OFF);
		assertThat(status("/stock/book")).isEqualTo(204);
	}

	@Test
	void errorsAreForCallersAndNotForTheActuator() throws Exception {
		this.faults.change(Fault.ERRORS, null);
		assertThat(status("/stock/book")).isEqualTo(500);
		assertThat(status("/actuator/health")).isEqualTo(204);
		this.faults.change(Fault.OFF, null);
		assertThat(status("/stock/book")).isEqualTo(204);
	}

	@Test
	void whoRefusesSaysThatNothingWasDone() throws Exception {
		this.faults.change(Fault.UNAVAILABLE, null);
		assertThat(answer("/stock/book").getStatus()).isEqualTo(503);
		assertThat(answer("/stock/book").getHeader("x-governance-not-processed")).isNull();
		this.faults.change(Fault.REFUSING, null);
		assertThat(answer("/stock/book").getStatus()).isEqualTo(503);
		assertThat(answer("/stock/book").getHeader("x-governance-not-processed")).isEqualTo("true");
	}

	@Test
	void aHangingRequestIsAnsweredWhenTheFaultIsOver() throws Exception {
		this.faults.change(Fault.HANG, null);
		CompletableFuture<Integer> hanging = CompletableFuture.supplyAsync(() -> {
			try {
				return status("/stock/book");
			}
			catch (IOException | ServletException ex) {
				throw new IllegalStateException(ex);
			}
		});
		assertThat(hanging.copy().completeOnTimeout(0, 200, TimeUnit.MILLISECONDS).join()).isZero();
		this.faults.change(Fault.OFF, null);
		assertThat(hanging.get(10, TimeUnit.SECONDS)).isEqualTo(503);
	}

	@Test
	void aSlowRequestTakesTwentyTimesAsLongAsUsual() throws Exception {
		assertThat(this.faults.slowness()).isEqualTo(Duration.ofMillis(100));
		status("/stock/book");
		assertThat(this.faults.slowness()).isEqualTo(Duration.ofMillis(190));
		this.faults.change(Fault.SLOW, null);
		assertThat(status("/stock/book")).isEqualTo(204);
		this.faults.change(Fault.SLOW, Duration.ofMillis(500));
		assertThat(this.faults.slowness()).isEqualTo(Duration.ofMillis(500));
	}

	private int status(String path) throws IOException, ServletException {
		return answer(path).getStatus();
	}

	private MockHttpServletResponse answer(String path) throws IOException, ServletException {
		MockHttpServletResponse response = new MockHttpServletResponse();
		this.filter.doFilter(new MockHttpServletRequest("GET", path), response, this.chain);
		return response;
	}

	/** Moves when it is told to. */
	private static final class Clock implements TimeSource {

		private long nanos;

		@Override
		public long nanoTime() {
			return this.nanos;
		}

		@Override
		public long epochMillis() {
			return this.nanos / 1_000_000;
		}

	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.demo.storefront.tracecontext;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ProxySelector;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

import io.governance.time.TimeSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.boot.restclient.autoconfigure.RestClientBuilderConfigurer;

import static org.assertj.core.api.Assertions.assertThat;

class TraceContextTestControllerTests {

	private final Harness harness = new Harness();

	private final AtomicLong nanos = new AtomicLong();

	private final ProxySelector before = ProxySelector.getDefault();

	@AfterEach
	void stop() {
		ProxySelector.setDefault(this.before);
		this.harness.close();
	}

	@Test
	void noCallBeginsThatMayLastBeyondTheDeadline() throws IOException {
		List<CallResult> results = call(64);
		assertThat(results).hasSize(64);
		assertThat(results).last().extracting(CallResult::outcome).isEqualTo("failed: no time is left");
		assertThat(this.harness.callbacks()).hasSizeBetween(4, 30);
		assertThat(results.subList(0, this.harness.callbacks().size())).extracting(CallResult::outcome)
			.containsOnly("200");
	}

	@Test
	void callsPassNoProxy() throws IOException {
		// nobody listens there
		ProxySelector.setDefault(ProxySelector.of(new InetSocketAddress("127.0.0.1", 1)));
		assertThat(call(1)).extracting(CallResult::outcome).containsExactly("200");
	}

	private List<CallResult> call(int count) throws IOException {
		// each look at the clock takes a second
		TimeSource time = new SlowClock();
		TraceContextTestController controller = new TraceContextTestController(new RestClientBuilderConfigurer(),
				new JsonMapper(), time);
		String call = "{\"url\": \"" + this.harness.url("/") + "\", \"arguments\": []}";
		String body = "[" + String.join(",", Collections.nCopies(count, call)) + "]";
		return controller.call(new ByteArrayInputStream(body.getBytes(StandardCharsets.UTF_8)));
	}

	private final class SlowClock implements TimeSource {

		@Override
		public long nanoTime() {
			return TraceContextTestControllerTests.this.nanos.addAndGet(Duration.ofSeconds(1).toNanos());
		}

		@Override
		public long epochMillis() {
			return nanoTime() / 1_000_000;
		}

	}

}

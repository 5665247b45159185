// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.chain;

import java.io.IOException;
import java.lang.management.ManagementFactory;

import com.sun.management.ThreadMXBean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What our chain allocates for a call beside what Resilience4j's decorators do: bytes are
 * the same on every machine, once what runs often is compiled.
 */
class ChainAllocationIntegrationTests {

	private static final int WARM_UP = 500_000;

	private static final int ROUNDS = 10;

	private static final int CALLS = 10_000;

	private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

	private final Application application = Application.start();

	@AfterEach
	void stop() {
		this.application.close();
	}

	@Test
	void costsAtMostAHundredBytesMoreThanTheSameDecorators() throws IOException {
		long theirs = bytesPerCall(Chain.Side.RESILIENCE4J);
		long ours = bytesPerCall(Chain.Side.GOVERNANCE);
		assertThat(ours - theirs).as("%d bytes, and %d", ours, theirs).isLessThanOrEqualTo(100);
	}

	/**
	 * The least of some rounds: what compiles meanwhile allocates, too.
	 */
	private long bytesPerCall(Chain.Side side) throws IOException {
		Chain chain = side.in(this.application);
		call(chain, WARM_UP);
		long least = Long.MAX_VALUE;
		for (int round = 0; round < ROUNDS; round++) {
			long before = this.threads.getCurrentThreadAllocatedBytes();
			call(chain, CALLS);
			least = Math.min(least, this.threads.getCurrentThreadAllocatedBytes() - before);
		}
		return least / CALLS;
	}

	private static void call(Chain chain, int times) throws IOException {
		for (int i = 0; i < times; i++) {
			// an assertion would allocate
			if (chain.call() != Response.OK) {
				throw new IllegalStateException("a call was rejected");
			}
		}
	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.benchmarks.overloaded;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.governance.cpu.SampledCpuLoad;
import io.governance.engine.PolicyEngine;
import io.governance.load.CpuLoad;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.context.annotation.Bean;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * Two kinds of work. Of {@code /queue} 20 calls are worked on at a time, 100 ms each; the
 * others wait in line; the CPU is idle meanwhile, and with
 * {@code overloaded.cpu=scripted} is said to be as busy as the workers are. {@code /burn}
 * takes the CPU, 20 ms or so. {@code /slower} and {@code /faster} say when to work half
 * as fast, and as before.
 */
@SpringBootApplication(proxyBeanMethods = false)
@RestController
class OverloadedApplication {

	private static final long WORK_NANOS = 100_000_000;

	private static final int ROUNDS = 16_000_000;

	private final ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread thread = new Thread(task, "capacity");
		thread.setDaemon(true);
		return thread;
	});

	private final Workers workers = new Workers(20);

	private volatile int slowness = 1;

	public static void main(String[] args) {
		SpringApplication.run(OverloadedApplication.class, args);
	}

	@Bean
	@ConditionalOnProperty(name = "overloaded.cpu", havingValue = "scripted")
	CpuLoad scriptedCpuLoad(ObjectProvider<PolicyEngine> engine) {
		return new SampledCpuLoad(this.workers::busyShare, engine::getObject);
	}

	@GetMapping("/queue")
	String queue() throws InterruptedException {
		this.workers.work(WORK_NANOS);
		return "done";
	}

	@GetMapping("/burn")
	String burn() {
		long hash = 1;
		for (int round = 0; round < ROUNDS * this.slowness; round++) {
			hash = hash * 6_364_136_223_846_793_005L + 1_442_695_040_888_963_407L;
		}
		return Long.toHexString(hash);
	}

	@GetMapping("/slower/{millis}")
	String slower(@PathVariable long millis) {
		this.timer.schedule(() -> slowness(2), millis, TimeUnit.MILLISECONDS);
		return "later";
	}

	@GetMapping("/faster/{millis}")
	String faster(@PathVariable long millis) {
		this.timer.schedule(() -> slowness(1), millis, TimeUnit.MILLISECONDS);
		return "later";
	}

	private void slowness(int times) {
		this.slowness = times;
		this.workers.count(20 / times);
	}

}

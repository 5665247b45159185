// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.lifecycle;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

import io.governance.test.ForkedJvm;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.task.AsyncTaskExecutor;
import org.springframework.http.client.ReactorResourceFactory;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.RestClient;

/**
 * An application that is called while it leaves.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class LeavingApplication {

	private final AsyncTaskExecutor executor;

	private final CompletableFuture<String> gate = new CompletableFuture<>();

	private final CountDownLatch arrived = new CountDownLatch(1);

	private final RestClient.Builder client;

	LeavingApplication(AsyncTaskExecutor executor, @LoadBalanced RestClient.Builder client) {
		this.executor = executor;
		this.client = client;
	}

	/** A process of its own. */
	public static void main(String[] args) {
		ConfigurableApplicationContext context = new SpringApplicationBuilder(LeavingApplication.class).run(args);
		ForkedJvm.ready(((WebServerApplicationContext) context).getWebServer().getPort());
	}

	/** Quick work that is not safe to repeat, on the application's own executor. */
	@PostMapping("/work")
	CompletableFuture<String> work(@RequestBody(required = false) String body) {
		return this.executor.submitCompletable(() -> "done");
	}

	/** Work that takes until {@link #open()}. */
	@GetMapping("/slow")
	CompletableFuture<String> slow() {
		this.arrived.countDown();
		return this.gate;
	}

	/** Work that calls another instance, at its end. */
	@GetMapping("/relay")
	CompletableFuture<String> relay() {
		this.arrived.countDown();
		return this.gate.thenApply((word) -> word + ", "
				+ this.client.build().post().uri("http://leaving/work").retrieve().body(String.class));
	}

	boolean isCalled() {
		return this.arrived.getCount() == 0;
	}

	void open() {
		this.gate.complete("done");
	}

	@Bean
	@LoadBalanced
	static RestClient.Builder loadBalanced() {
		return RestClient.builder();
	}

	/** Closes without its quiet period of two seconds. */
	@Bean
	static ReactorResourceFactory reactorResourceFactory() {
		ReactorResourceFactory factory = new ReactorResourceFactory();
		factory.setUseGlobalResources(false);
		factory.setShutdownQuietPeriod(Duration.ZERO);
		return factory;
	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.accesslog;

import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.governance.context.CallContext;
import io.governance.policy.Call.Priority;
import io.governance.context.RequestAttributes;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class ServletAccessLogApplication {

	@GetMapping("/hello")
	String hello() {
		return "hello";
	}

	@GetMapping("/async")
	CompletableFuture<String> async() {
		return CompletableFuture.supplyAsync(() -> "late",
				CompletableFuture.delayedExecutor(50, TimeUnit.MILLISECONDS));
	}

	@GetMapping("/fails")
	String fails() {
		throw new IllegalStateException("on purpose");
	}

	@GetMapping("/stream")
	StreamingResponseBody stream() {
		return (out) -> {
			for (int i = 0; i < 100; i++) {
				out.write(new byte[1_000]);
				out.flush();
			}
		};
	}

	@GetMapping("/endless")
	void endless(HttpServletResponse response) throws IOException {
		while (true) {
			response.getOutputStream().write(new byte[10_000]);
			response.getOutputStream().flush();
		}
	}

	@PostMapping("/echo")
	String echo(@RequestBody String body) {
		return body;
	}

	@GetMapping("/rejected")
	void rejected(HttpServletRequest request, HttpServletResponse response) {
		request.setAttribute(RequestAttributes.REJECTION, new Rejection(Reason.RATE_LIMITED, "rate-limit/checkout", 0));
		request.setAttribute(RequestAttributes.CONTEXT,
				new CallContext(null, 1, Map.of(), "storefront", Priority.DEFAULT));
		response.setStatus(429);
	}

}

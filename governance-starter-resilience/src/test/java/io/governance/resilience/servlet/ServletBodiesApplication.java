// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

import io.governance.resilience.InboundServers;
import io.governance.test.ForkedJvm;
import io.governance.test.contract.InboundBodyContract;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/**
 * The program of {@code InboundBodyContract}, with Spring MVC.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
@RestController
class ServletBodiesApplication {

	/** The system property that names the server. */
	static final String SERVER = "server";

	public static void main(String[] args) {
		InboundServers server = InboundServers.valueOf(System.getProperty(SERVER));
		ConfigurableApplicationContext context = server.run(Map.of("governance.rules.rate-limit.all.limit", "1000000"),
				ServletBodiesApplication.class);
		ForkedJvm.ready(server.port(context));
	}

	@Bean
	SecurityFilterChain open(HttpSecurity http) {
		return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll())
			.csrf((csrf) -> csrf.disable())
			.build();
	}

	@PutMapping("/bodies")
	String upload(HttpServletRequest request) throws IOException {
		return String.valueOf(request.getInputStream().transferTo(OutputStream.nullOutputStream()));
	}

	@GetMapping("/bodies")
	StreamingResponseBody download() {
		byte[] block = new byte[1024 * 1024];
		return (out) -> {
			for (long sent = 0; sent < InboundBodyContract.BYTES; sent += block.length) {
				out.write(block);
			}
		};
	}

}

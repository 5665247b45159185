// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.servlet;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;

import io.governance.resilience.InboundServers;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.config.annotation.web.builders.HttpSecurity;
import org.springframework.security.web.SecurityFilterChain;
import org.springframework.web.cors.CorsConfiguration;
import org.springframework.web.cors.UrlBasedCorsConfigurationSource;
import org.springframework.web.filter.CorsFilter;

import static org.assertj.core.api.Assertions.assertThat;

class CorsFilterIntegrationTests {

	private static final String ORIGIN = "https://app.example";

	@Test
	void rejectionsCarryTheHeadersOfACorsFilterThatComesLaterAndManagementIsLeftAlone() throws Exception {
		Map<String, String> properties = Map.of("governance.rules.rate-limit.all.limit", "1",
				"governance.rules.rate-limit.all.per", "1h");
		try (ConfigurableApplicationContext context = InboundServers.TOMCAT.run(properties, Application.class)) {
			int port = InboundServers.TOMCAT.port(context);
			assertThat(get(port, "/hello").statusCode()).isEqualTo(404);
			HttpResponse<String> rejected = get(port, "/hello");
			assertThat(rejected.statusCode()).isEqualTo(429);
			assertThat(rejected.headers().allValues("access-control-allow-origin")).containsExactly(ORIGIN);
			assertThat(get(port, "/actuator/health").statusCode()).isEqualTo(200);
		}
	}

	@Test
	void aBodyThatIsTooLargeIsRefusedWithThemToo() throws Exception {
		try (ConfigurableApplicationContext context = InboundServers.TOMCAT
			.run(Map.of("governance.resilience.server.max-body-size", "1KB"), Application.class)) {
			HttpResponse<String> refused = HttpClient.newHttpClient()
				.send(HttpRequest
					.newBuilder(URI.create("http://localhost:" + InboundServers.TOMCAT.port(context) + "/"))
					.header("Origin", ORIGIN)
					.POST(HttpRequest.BodyPublishers.ofString("x".repeat(2000)))
					.build(), BodyHandlers.ofString());
			assertThat(refused.statusCode()).isEqualTo(413);
			assertThat(refused.headers().allValues("access-control-allow-origin")).containsExactly(ORIGIN);
		}
	}

	private static HttpResponse<String> get(int port, String path) throws Exception {
		return HttpClient.newHttpClient()
			.send(HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
				.header("Origin", ORIGIN)
				.build(), BodyHandlers.ofString());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

		@Bean
		CorsFilter corsFilter() {
			CorsConfiguration configuration = new CorsConfiguration();
			configuration.addAllowedOrigin(ORIGIN);
			configuration.addAllowedMethod("*");
			UrlBasedCorsConfigurationSource source = new UrlBasedCorsConfigurationSource();
			source.registerCorsConfiguration("/**", configuration);
			return new CorsFilter(source);
		}

		@Bean
		SecurityFilterChain open(HttpSecurity http) {
			return http.authorizeHttpRequests((requests) -> requests.anyRequest().permitAll()).build();
		}

	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.circuitbreaker;

import feign.Logger;
import org.junit.jupiter.api.Test;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.cloud.openfeign.EnableFeignClients;
import org.springframework.cloud.openfeign.FeignClient;
import org.springframework.cloud.openfeign.FeignLoggerFactory;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * OpenFeign's fallbacks, with no circuit breaker of another kind on the class path.
 */
class FeignFallbackIntegrationTests {

	@Test
	void aFeignClientFallsBack() {
		SpringApplication application = new SpringApplication(Shop.class);
		application.setWebApplicationType(WebApplicationType.NONE);
		try (ConfigurableApplicationContext context = application.run(
				"--spring.cloud.openfeign.circuitbreaker.enabled=true", "--spring.main.banner-mode=off",
				"--logging.level.root=warn")) {
			assertThat(context.getBean(Stock.class).stock()).isEqualTo("fallback");
			assertThat(context.getBean(GovernedCircuitBreakerFactory.class).description()).isNotEmpty();
		}
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@EnableFeignClients(clients = Stock.class)
	@Import(StockFallback.class)
	static class Shop {

		@Bean
		FeignLoggerFactory withoutFeignsOwnLogging() {
			return (type) -> new Logger.NoOpLogger();
		}

	}

	// nobody listens on port 1
	@FeignClient(name = "stock", url = "http://localhost:1", fallback = StockFallback.class)
	interface Stock {

		@GetMapping("/stock")
		String stock();

	}

	static class StockFallback implements Stock {

		@Override
		public String stock() {
			return "fallback";
		}

	}

}

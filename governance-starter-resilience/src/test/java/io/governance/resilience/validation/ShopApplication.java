// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.validation;

import java.util.List;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.reactive.ReactiveManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.actuate.web.servlet.ManagementWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.reactive.ReactiveWebSecurityAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.ServletWebSecurityAutoConfiguration;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.stereotype.Service;
import org.springframework.validation.BindException;
import org.springframework.validation.annotation.Validated;
import org.springframework.web.bind.MethodArgumentNotValidException;
import org.springframework.web.bind.annotation.CookieValue;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.bind.support.WebExchangeBindException;

/**
 * An application with constraints on all that a request has.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration(
		exclude = { ServletWebSecurityAutoConfiguration.class, ManagementWebSecurityAutoConfiguration.class,
				ReactiveWebSecurityAutoConfiguration.class, ReactiveManagementWebSecurityAutoConfiguration.class })
@Import({ ShopApplication.Orders.class, ShopApplication.Checked.class, ShopApplication.Stock.class,
		ShopApplication.OwnAnswers.class })
class ShopApplication {

	record Item(@NotBlank String sku) {
	}

	record Order(@NotBlank String id, @Valid List<Item> items, @Pattern(regexp = "[0-9]*") @Nullable String card) {
	}

	record Search(@Min(1) int size, @Valid @Nullable Item item) {
	}

	@RestController
	static class Orders {

		@PostMapping("/orders")
		String create(@RequestBody @Valid Order order) {
			return order.id();
		}

		@PostMapping("/orders/bulk")
		String bulk(@RequestBody List<@Valid Order> orders) {
			return "orders: " + orders.size();
		}

		@GetMapping("/orders/{id}")
		String order(@PathVariable("id") @Size(min = 3) String id, @RequestParam("page") @Min(1) @Max(5) int page,
				@RequestHeader("x-tenant") @NotBlank String tenant, @CookieValue("lang") @Size(max = 2) String lang) {
			return id + page + tenant + lang;
		}

		@GetMapping("/search")
		String search(@ModelAttribute @Valid Search search) {
			return "size: " + search.size();
		}

		@PostMapping("/search")
		String searchByForm(@ModelAttribute @Valid Search search) {
			return "size: " + search.size();
		}

		@GetMapping("/returned")
		@Size(min = 10)
		String returned() {
			return "short";
		}

		@GetMapping("/bound")
		String bound() throws BindException {
			BindException invalid = new BindException(new Object(), "order");
			invalid.reject("closed", "is closed");
			throw invalid;
		}

	}

	@RestController
	@Validated
	static class Checked {

		private final Stock stock;

		Checked(Stock stock) {
			this.stock = stock;
		}

		@GetMapping("/checked/{id}")
		String checked(@PathVariable("id") @Size(min = 3) String id, @RequestParam("page") @Min(1) int page) {
			return id + page;
		}

		@PostMapping("/checked")
		String create(@RequestBody @Valid Order order) {
			return order.id();
		}

		@GetMapping("/checked-return")
		@NotNull
		@Nullable String returned() {
			return null;
		}

		@GetMapping("/checked-service")
		String service() {
			return this.stock.reserve("");
		}

	}

	@Service
	@Validated
	static class Stock {

		String reserve(@NotBlank String sku) {
			return sku;
		}

	}

	@RestController
	static class OwnAnswers {

		@PostMapping("/own")
		String own(@RequestBody @Valid Order order) {
			return order.id();
		}

		@ExceptionHandler({ MethodArgumentNotValidException.class, WebExchangeBindException.class })
		String answer() {
			return "mine";
		}

	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.client;

import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.restclient.RestTemplateBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.client.AbstractClientHttpRequestFactoryWrapper;
import org.springframework.http.client.ClientHttpRequest;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.mock.http.client.MockClientHttpRequest;
import org.springframework.mock.http.client.MockClientHttpResponse;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link RequestFactoryStages}.
 */
class RequestFactoryStagesTests {

	private static final String PROBE = "http://somewhere/";

	private final List<String> passed = new ArrayList<>();

	private final ApplicationContextRunner contextRunner = new ApplicationContextRunner()
		.withBean("inner", Stage.class, () -> new Stage("inner", RequestFactoryStage.ATTEMPT, this.passed))
		.withBean("outer", Stage.class, () -> new Stage("outer", RequestFactoryStage.CALL, this.passed))
		.withUserConfiguration(Clients.class);

	@Test
	void theLowestOrderIsOutermost() {
		this.contextRunner.run((context) -> {
			call(context.getBean("marked", RestClient.Builder.class).build());
			assertThat(this.passed).containsExactly("outer", "inner");
		});
	}

	@Test
	void aBuilderThatIsNotLoadBalancedIsLeftAlone() {
		this.contextRunner.run((context) -> {
			call(context.getBean("plain", RestClient.Builder.class).build());
			assertThat(this.passed).isEmpty();
		});
	}

	@Test
	void aRequestFactoryThatIsSetLateIsWrappedToo() {
		this.contextRunner.run((context) -> {
			RestClient.Builder builder = context.getBean("marked", RestClient.Builder.class);
			call(builder.requestFactory(new Answering(this.passed, "late")).build());
			assertThat(this.passed).containsExactly("outer", "inner", "late");
		});
	}

	@Test
	void clonesAndMutatedClientsKeepTheLayersOnce() {
		this.contextRunner.run((context) -> {
			RestClient.Builder builder = context.getBean("marked", RestClient.Builder.class);
			call(builder.clone().defaultHeader("x", "y").build().mutate().build());
			assertThat(this.passed).containsExactly("outer", "inner");
		});
	}

	@Test
	void interceptorsOfTheUserRunOncePerCallOutside() {
		this.contextRunner.run((context) -> {
			RestClient.Builder builder = context.getBean("marked", RestClient.Builder.class);
			call(builder.requestInterceptor((request, body, next) -> {
				this.passed.add("interceptor");
				return next.execute(request, body);
			}).build());
			assertThat(this.passed).containsExactly("interceptor", "outer", "inner");
		});
	}

	@Test
	void aRestTemplateIsWrappedInsideOfItsInterceptors() {
		this.contextRunner.run((context) -> {
			RestTemplate template = context.getBean("template", RestTemplate.class);
			assertThat(template.getForEntity(PROBE, Void.class).getStatusCode()).isEqualTo(HttpStatus.OK);
			assertThat(this.passed).containsExactly("interceptor", "outer", "inner");
		});
	}

	@Test
	void theTemplatesOfARestTemplateBuilderAreWrapped() {
		this.contextRunner.run((context) -> {
			RestTemplate template = context.getBean("templates", RestTemplateBuilder.class).build();
			assertThat(template.getForEntity(PROBE, Void.class).getStatusCode()).isEqualTo(HttpStatus.OK);
			assertThat(this.passed).containsExactly("outer", "inner");
		});
	}

	private static void call(RestClient client) {
		assertThat(client.get().uri(PROBE).retrieve().toBodilessEntity().getStatusCode()).isEqualTo(HttpStatus.OK);
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		static RequestFactoryStages requestFactoryStages(ObjectProvider<RequestFactoryStage> stages,
				ListableBeanFactory beans) {
			return new RequestFactoryStages(stages, beans);
		}

		@Bean
		@LoadBalanced
		RestClient.Builder marked() {
			return RestClient.builder().requestFactory(new Answering());
		}

		@Bean
		RestClient.Builder plain() {
			return RestClient.builder().requestFactory(new Answering());
		}

		@Bean
		@LoadBalanced
		RestTemplate template(ObjectProvider<Stage> stages) {
			RestTemplate template = new RestTemplate(new Answering());
			template.getInterceptors().add((request, body, next) -> {
				stages.stream().findFirst().ifPresent((stage) -> stage.passed.add("interceptor"));
				return next.execute(request, body);
			});
			return template;
		}

		@Bean
		@LoadBalanced
		RestTemplateBuilder templates() {
			return new RestTemplateBuilder().requestFactory(() -> new Answering());
		}

	}

	record Stage(String name, int getOrder, List<String> passed) implements RequestFactoryStage {

		@Override
		public ClientHttpRequestFactory wrap(ClientHttpRequestFactory next, boolean loadBalanced) {
			if (!loadBalanced) {
				return next;
			}
			return new AbstractClientHttpRequestFactoryWrapper(next) {

				@Override
				protected ClientHttpRequest createRequest(URI uri, HttpMethod method, ClientHttpRequestFactory factory)
						throws IOException {
					Stage.this.passed.add(Stage.this.name);
					return factory.createRequest(uri, method);
				}

			};
		}

	}

	record Answering(List<String> passed, String name) implements ClientHttpRequestFactory {

		Answering() {
			this(new ArrayList<>(), "real");
		}

		@Override
		public ClientHttpRequest createRequest(URI uri, HttpMethod method) {
			this.passed.add(this.name);
			MockClientHttpRequest request = new MockClientHttpRequest(method, uri);
			request.setResponse(new MockClientHttpResponse(new byte[0], HttpStatus.OK));
			return request;
		}

	}

}

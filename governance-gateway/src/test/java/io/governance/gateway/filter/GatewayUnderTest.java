// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

import io.governance.context.Attempts;
import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.discovery.Instance;
import io.governance.discovery.InstanceSelector;
import io.governance.discovery.mirror.Mirror;
import io.governance.discovery.mirror.MirrorSettings;
import io.governance.discovery.SelectedInstance;
import io.governance.policy.Call;
import io.governance.resilience.client.ClientSettings;
import io.governance.resilience.client.GovernedHosts;
import io.governance.resilience.execution.CallExecution;
import io.governance.resilience.webflux.RejectedCallHandler;
import io.governance.test.FakeInstances;
import io.governance.test.contract.OutboundSetting;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.support.DefaultListableBeanFactory;
import org.springframework.cloud.gateway.config.HttpClientProperties;
import org.springframework.cloud.gateway.filter.GlobalFilter;
import org.springframework.cloud.gateway.filter.NettyWriteResponseFilter;
import org.springframework.cloud.gateway.filter.RouteToRequestUrlFilter;
import org.springframework.cloud.gateway.handler.FilteringWebHandler;
import org.springframework.cloud.gateway.route.Route;
import org.springframework.cloud.gateway.support.ServerWebExchangeUtils;
import org.springframework.core.ResolvableType;
import org.springframework.http.server.reactive.HttpHandler;
import org.springframework.http.server.reactive.ReactorHttpHandlerAdapter;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebHandler;
import org.springframework.web.server.adapter.WebHttpHandlerBuilder;
import reactor.netty.DisposableServer;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.server.HttpServer;

/**
 * The gateway's filters in their order, on a real server, without an application around
 * them: everything goes to {@code lb://inventory}.
 */
final class GatewayUnderTest implements AutoCloseable {

	private final DisposableServer server;

	GatewayUnderTest(OutboundSetting setting, Function<String, CallContext> contexts) {
		HttpHandler handler = WebHttpHandlerBuilder.webHandler(routing(setting))
			.filter(inbound(contexts))
			.exceptionHandler(new RejectedCallHandler())
			.build();
		this.server = HttpServer.create()
			.host("127.0.0.1")
			.port(0)
			.handle(new ReactorHttpHandlerAdapter(handler))
			.bindNow();
	}

	/**
	 * Stands in for the inbound adapter.
	 */
	private static WebFilter inbound(Function<String, CallContext> contexts) {
		return (exchange, chain) -> {
			String id = Objects.requireNonNull(exchange.getRequest().getHeaders().getFirst("x-test-context"));
			return chain
				.filter(exchange.mutate()
					.request((request) -> request.headers((headers) -> headers.remove("x-test-context")))
					.build())
				.contextWrite((context) -> context.put(CallContext.KEY, contexts.apply(id)));
		};
	}

	private static WebHandler routing(OutboundSetting setting) {
		ClientSettings settings = new ClientSettings(
				new CallExecution(setting.engine(), setting.time(), setting.caller()), LabelSource.NONE,
				new GovernedHosts(List.of()));
		DefaultListableBeanFactory none = new DefaultListableBeanFactory();
		Selector selector = new Selector(setting.instances());
		List<GlobalFilter> filters = List.of(new AnswerFilter(),
				new NettyWriteResponseFilter(List.of(), none.getBeanProvider(ResolvableType.forClass(List.class))),
				new RouteToRequestUrlFilter(), new CallStageFilter(settings),
				new InstanceFilter(selector, settings.origin(), noCopies(selector)),
				new GovernedRoutingFilter(HttpClient.newConnection().disableRetry(true),
						none.getBeanProvider(ResolvableType.forClass(List.class)), new HttpClientProperties()));
		FilteringWebHandler handler = new FilteringWebHandler(filters, true);
		Route route = Route.async().id("all").uri("lb://inventory").predicate((exchange) -> true).build();
		return (exchange) -> {
			exchange.getAttributes().put(ServerWebExchangeUtils.GATEWAY_ROUTE_ATTR, route);
			return handler.handle(exchange);
		};
	}

	private static Mirror noCopies(Selector selector) {
		return new Mirror(selector, "gateway",
				new MirrorSettings(Duration.ofSeconds(1), Duration.ofSeconds(1), () -> null), Runnable::run);
	}

	URI uri() {
		return URI.create("http://127.0.0.1:" + this.server.port());
	}

	@Override
	public void close() {
		this.server.disposeNow();
	}

	/**
	 * Chooses as the test says.
	 */
	private record Selector(FakeInstances instances) implements InstanceSelector {

		@Override
		public SelectedInstance select(Call call, @Nullable Attempts attempts) {
			URI chosen = this.instances.pick(URI.create("http://" + call.service()), attempts);
			return new SelectedInstance(new Instance(chosen.toString(), call.service(), chosen.getHost(),
					chosen.getPort(), false, java.util.Map.of()));
		}

		@Override
		public CompletableFuture<SelectedInstance> selectAsync(Call call, @Nullable Attempts attempts) {
			return CompletableFuture.completedFuture(select(call, attempts));
		}

	}

}

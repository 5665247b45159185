// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

import io.governance.engine.PolicyEngine;
import io.governance.lease.LeaseStore;
import io.governance.policy.CallRejectedException;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.resilience.inbound.InboundCalls;
import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;
import io.governance.test.contract.InboundContract;
import io.governance.test.contract.InboundServer;
import io.governance.test.contract.InboundSetup;
import io.governance.time.TimeSource;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.InsecureServerCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.support.GenericApplicationContext;

/**
 * The inbound contract on a gRPC server of grpc-java, behind a client that translates
 * from HTTP. Messages of gRPC have no query, no HEAD and no CORS.
 */
@Adapter("gRPC")
class GrpcInboundIntegrationTests extends InboundContract {

	private static final Context.Key<String> USER = Context.key("user");

	@Override
	protected InboundServer start(InboundSetup setup) {
		ConfigurableApplicationContext context = application(setup);
		Server server = server(setup, context);
		ManagedChannel channel = Grpc
			.newChannelBuilderForAddress("127.0.0.1", server.getPort(), InsecureChannelCredentials.create())
			.build();
		HttpFront front = new HttpFront(channel);
		return new InboundServer(front.port(), context.getBean(PolicyEngine.class), () -> {
			front.close();
			channel.shutdownNow();
			server.shutdownNow();
			context.close();
		});
	}

	private static ConfigurableApplicationContext application(InboundSetup setup) {
		SpringApplication starting = new SpringApplication(Application.class);
		starting.setWebApplicationType(WebApplicationType.NONE);
		Map<String, Object> properties = new HashMap<>(Map.of("spring.main.banner-mode", "off",
				"spring.application.name", "contract", "logging.level.root", "warn"));
		properties.putAll(setup.properties());
		starting.setDefaultProperties(properties);
		starting.addInitializers((context) -> {
			GenericApplicationContext beans = (GenericApplicationContext) context;
			beans.registerBean(TimeSource.class, setup::time);
			beans.registerBean(LeaseStore.class, setup::leases);
		});
		return starting.run();
	}

	private static Server server(InboundSetup setup, ConfigurableApplicationContext context) {
		Supplier<@Nullable String> principal = USER::get;
		IdentifiedServerInterceptor identified = new IdentifiedServerInterceptor(context.getBean(InboundCalls.class),
				context.getBean(DeadlineTimer.class), context.getBean(LateCalls.class), principal);
		try {
			return Grpc.newServerBuilderForPort(0, InsecureServerCredentials.create())
				.fallbackHandlerRegistry(new ContractHandlers(setup))
				.intercept(identified)
				.intercept(new Security())
				.intercept(new OwnExceptionHandler())
				.intercept(context.getBean(EdgeServerInterceptor.class))
				.build()
				.start();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	@NotApplicable("gRPC's calls have no query.")
	public void aLimitPerQueryParameterLeavesTheQueryToTheHandler() {
	}

	@Override
	@NotApplicable("gRPC has no HEAD.")
	public void aRejectedHeadRequestGetsNoBody() {
	}

	@Override
	@NotApplicable("Browsers do not speak gRPC.")
	public void aRejectionAtTheEdgeCarriesCorsHeaders() {
	}

	@Override
	@NotApplicable("Browsers do not speak gRPC.")
	public void anOriginThatIsNotAllowedGetsNoCorsHeaders() {
	}

	@Override
	@NotApplicable("Browsers do not speak gRPC.")
	public void aPreflightIsAnsweredAlsoWhenTheLimitIsUsedUp() {
	}

	@Override
	@NotApplicable("gRPC answers calls of unknown methods before any interceptor.")
	public void thePermitIsReleasedWhenNoHandlerIsFound() {
	}

	@Override
	@NotApplicable("gRPC has no status that means 418. `SpringGrpcIntegrationTests` has the same with others.")
	public void anInjectedStatusIsAProblemThatSaysSoAndPromisesNothing() {
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

	/**
	 * Stands in for an application's security.
	 */
	private static final class Security implements ServerInterceptor {

		@Override
		public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
				ServerCallHandler<Q, R> next) {
			String given = MetadataHeaders.first(headers, "authorization");
			String user = (given == null) ? null
					: new String(Base64.getDecoder().decode(given.substring("Basic ".length())), StandardCharsets.UTF_8)
						.split(":")[0];
			if (user == null && call.getMethodDescriptor().getFullMethodName().equals("me")) {
				call.close(Status.UNAUTHENTICATED, new Metadata());
				return new ServerCall.Listener<>() {
				};
			}
			return Contexts.interceptCall(Context.current().withValue(USER, user), call, headers, next);
		}

	}

	/**
	 * Stands in for an application's exception handlers.
	 */
	private static final class OwnExceptionHandler implements ServerInterceptor {

		@Override
		public <Q, R> ServerCall.Listener<Q> interceptCall(ServerCall<Q, R> call, Metadata headers,
				ServerCallHandler<Q, R> next) {
			if (!call.getMethodDescriptor().getFullMethodName().equals("rejected-handled")) {
				return next.startCall(call, headers);
			}
			return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {

				@Override
				public void onHalfClose() {
					try {
						super.onHalfClose();
					}
					catch (CallRejectedException ex) {
						Metadata trailers = new Metadata();
						MetadataHeaders.set(trailers, HttpFront.OWN_STATUS, "418");
						call.close(Status.FAILED_PRECONDITION, trailers);
					}
				}

			};
		}

	}

}

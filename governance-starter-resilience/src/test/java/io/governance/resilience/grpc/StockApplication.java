// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.governance.context.CallContext;
import io.governance.execution.Deadline;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.time.TimeSource;
import io.grpc.BindableService;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.grpc.server.exception.GrpcExceptionHandler;

/**
 * A gRPC service with Spring gRPC, whose method {@code Level} does what it is asked to.
 */
@Configuration(proxyBeanMethods = false)
@EnableAutoConfiguration
class StockApplication {

	static final MethodDescriptor<String, String> LEVEL = Texts.method(MethodType.UNARY, "shop.Stock/Level");

	static final MethodDescriptor<String, String> WATCH = Texts.method(MethodType.SERVER_STREAMING, "shop.Stock/Watch");

	static final MethodDescriptor<String, String> HEALTH = Texts.method(MethodType.UNARY,
			"grpc.health.v1.Health/Check");

	static final int MEETING = 6;

	private static final CyclicBarrier met = new CyclicBarrier(MEETING);

	@Bean
	BindableService stock(TimeSource time) {
		return () -> ServerServiceDefinition.builder("shop.Stock")
			.addMethod(LEVEL, ServerCalls.asyncUnaryCall((String request, StreamObserver<String> observer) -> {
				if (!request.equals("never")) {
					observer.onNext(level(request, time));
					observer.onCompleted();
				}
			}))
			.addMethod(WATCH,
					ServerCalls.asyncServerStreamingCall((String request, StreamObserver<String> observer) -> {
						if (!request.equals("never")) {
							for (int i = 0; i < Integer.parseInt(request); i++) {
								observer.onNext("part " + i);
							}
							observer.onCompleted();
						}
					}))
			.build();
	}

	@Bean
	BindableService health() {
		return () -> ServerServiceDefinition.builder("grpc.health.v1.Health")
			.addMethod(HEALTH, ServerCalls.asyncUnaryCall((String request, StreamObserver<String> observer) -> {
				observer.onNext("serving");
				observer.onCompleted();
			}))
			.build();
	}

	@Bean
	GrpcExceptionHandler ownHandler() {
		return (error) -> (error instanceof IllegalStateException)
				? Status.FAILED_PRECONDITION.withDescription("mine").asException() : null;
	}

	private static String meet() {
		try {
			met.await(10, TimeUnit.SECONDS);
			return "met";
		}
		catch (InterruptedException | BrokenBarrierException | TimeoutException ex) {
			return ex.toString();
		}
	}

	private static String level(String request, TimeSource time) {
		Deadline deadline = CallContext.current().deadline();
		return switch (request) {
			case "left" -> (deadline != null) ? String.valueOf(deadline.remainingNanos(time) / 1_000_000) : "none";
			case "meet" -> meet();
			case "caller" -> String.valueOf(CallContext.current().caller());
			case "retried" -> {
				CallContext.current().retriesDidNotHelp();
				throw new IllegalStateException("in spite of retries");
			}
			case "throw" -> throw new IllegalStateException("told to");
			case "reject" -> throw new CallRejectedException("inner",
					new Rejection(Reason.CIRCUIT_OPEN, "circuit-breaker/inner", 0));
			default -> request;
		};
	}

}

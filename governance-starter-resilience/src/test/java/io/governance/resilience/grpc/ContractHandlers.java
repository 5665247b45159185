// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.governance.context.CallContext;
import io.governance.policy.CallRejectedException;
import io.governance.policy.Reason;
import io.governance.policy.Rejection;
import io.governance.test.contract.InboundContract;
import io.governance.test.contract.InboundSetup;
import io.grpc.HandlerRegistry;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.ServerMethodDefinition;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.micrometer.context.ContextSnapshotFactory;
import org.jspecify.annotations.Nullable;

/**
 * The application of {@code InboundContract}, with gRPC: methods without a service, so
 * that their paths are those of the contract.
 */
final class ContractHandlers extends HandlerRegistry {

	private final Map<String, ServerMethodDefinition<?, ?>> methods = new HashMap<>();

	private final InboundSetup setup;

	ContractHandlers(InboundSetup setup) {
		this.setup = setup;
		Executor elsewhere = (task) -> ForkJoinPool.commonPool()
			.execute(ContextSnapshotFactory.builder().build().captureAll().wrap(task));
		unary("hello", () -> "hello");
		unary("me", () -> "hello");
		unary("cors", () -> "hello");
		unary("context", this::context);
		unary("fail", () -> {
			throw new IllegalStateException("told to fail");
		});
		unary("rejected", ContractHandlers::reject);
		unary("rejected-handled", ContractHandlers::reject);
		unary("held", this::held);
		method(MethodType.UNARY, "async", (observer) -> elsewhere.execute(() -> answer(observer, context())));
		method(MethodType.UNARY, "held-async",
				(observer) -> setup.gate().opened().thenAccept((open) -> answer(observer, "late")));
		method(MethodType.SERVER_STREAMING, "held-stream",
				(observer) -> setup.gate().opened().thenAccept((open) -> answer(observer, "late")));
		method(MethodType.SERVER_STREAMING, "stream", (observer) -> {
			observer.onNext("first\n");
			setup.gate().opened().thenAccept((open) -> answer(observer, "last\n"));
		});
		method(MethodType.SERVER_STREAMING, "endless", ContractHandlers::endless);
	}

	private void unary(String name, Supplier<String> handler) {
		method(MethodType.UNARY, name, (observer) -> answer(observer, handler.get()));
	}

	private void method(MethodType type, String name, Consumer<StreamObserver<String>> handler) {
		this.methods.put(name,
				ServerMethodDefinition.create(Texts.method(type, name), (type == MethodType.UNARY)
						? ServerCalls.asyncUnaryCall(
								(String request, StreamObserver<String> observer) -> handler.accept(observer))
						: ServerCalls.asyncServerStreamingCall(
								(String request, StreamObserver<String> observer) -> handler.accept(observer))));
	}

	private static void answer(StreamObserver<String> observer, String text) {
		observer.onNext(text);
		observer.onCompleted();
	}

	private String context() {
		return InboundContract.describe(CallContext.current(), this.setup.time());
	}

	private String held() {
		this.setup.gate().opened().join();
		return "late";
	}

	private static String reject() {
		throw new CallRejectedException("inventory",
				new Rejection(Reason.CIRCUIT_OPEN, "circuit-breaker/inventory", 2_100_000_000L));
	}

	private static void endless(StreamObserver<String> observer) {
		ServerCallStreamObserver<String> stream = (ServerCallStreamObserver<String>) observer;
		AtomicBoolean gone = new AtomicBoolean();
		stream.setOnCancelHandler(() -> gone.set(true));
		stream.setOnReadyHandler(() -> {
			while (stream.isReady() && !gone.get()) {
				stream.onNext("and so on\n".repeat(1000));
			}
		});
	}

	@Override
	public @Nullable ServerMethodDefinition<?, ?> lookupMethod(String name, @Nullable String authority) {
		return this.methods.get(name);
	}

}

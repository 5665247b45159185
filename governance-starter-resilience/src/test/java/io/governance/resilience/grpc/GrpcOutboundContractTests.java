// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.grpc;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;

import io.governance.client.CallOrigin;
import io.governance.context.GovernanceHeaders;
import io.governance.context.LabelSource;
import io.governance.policy.CallRejectedException;
import io.governance.resilience.execution.AsyncCallExecutor;
import io.governance.resilience.execution.CallExecution;
import io.governance.resilience.inbound.DeadlineTimer;
import io.governance.test.FakeInstances;
import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundContract;
import io.governance.test.contract.OutboundSetting;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.ClientInterceptors;
import io.grpc.Grpc;
import io.grpc.InsecureChannelCredentials;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.MethodType;
import io.grpc.StatusRuntimeException;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.MetadataUtils;
import org.junit.jupiter.api.AfterEach;

/**
 * The outbound contract for gRPC, with the blocking stub. A request that may be repeated
 * is one of a method that is declared idempotent; the scripted upstreams are behind gRPC
 * servers that translate.
 */
@Adapter("gRPC")
class GrpcOutboundContractTests extends OutboundContract {

	private final DeadlineTimer timer = new DeadlineTimer();

	private final Map<URI, ManagedChannel> channels = new ConcurrentHashMap<>();

	private final List<GrpcBridge> bridges = new ArrayList<>();

	@AfterEach
	void closeAll() {
		this.channels.values().forEach(ManagedChannel::shutdownNow);
		this.bridges.forEach(GrpcBridge::close);
		this.timer.close();
	}

	@Override
	protected OutboundClient client(OutboundSetting setting) {
		CallExecution execution = new CallExecution(setting.engine(), setting.time(), setting.caller());
		GovernedClientInterceptor interceptor = new GovernedClientInterceptor(
				new AsyncCallExecutor(execution, this.timer), new CallOrigin(setting.caller(), LabelSource.NONE));
		Channel channel = ClientInterceptors.intercept(new PickingChannel(setting.instances()), interceptor);
		return (request) -> send(channel, request);
	}

	private static OutboundClient.Answer send(Channel channel, OutboundClient.Request request) {
		Metadata headers = new Metadata();
		request.headers().forEach((name, value) -> MetadataHeaders.set(headers, name, value));
		MetadataHeaders.set(headers, GrpcBridge.METHOD, request.method());
		AtomicReference<Metadata> answered = new AtomicReference<>();
		Channel asked = ClientInterceptors.intercept(channel, MetadataUtils.newAttachHeadersInterceptor(headers),
				MetadataUtils.newCaptureMetadataInterceptor(answered, new AtomicReference<>()));
		MethodDescriptor<String, String> method = Texts.method(MethodType.UNARY, request.path().substring(1),
				!request.method().equals("POST"));
		String body = (request.body() != null) ? new String(request.body(), StandardCharsets.UTF_8) : "";
		try {
			String text = ClientCalls.blockingUnaryCall(asked, method, CallOptions.DEFAULT, body);
			String fallback = fallback(answered.get());
			// all success is one status: the contract's 203 is known by its text
			return new OutboundClient.Answer("stand-in".equals(fallback) && "stand-in".equals(text) ? 203 : 200, null,
					text, fallback);
		}
		catch (StatusRuntimeException ex) {
			return failed(ex);
		}
	}

	private static OutboundClient.Answer failed(StatusRuntimeException ex) {
		if (ex.getCause() instanceof CallRejectedException rejected) {
			throw rejected;
		}
		if (ex.getCause() != null) {
			throw ex;
		}
		Metadata trailers = (ex.getTrailers() != null) ? ex.getTrailers() : new Metadata();
		boolean injected = MetadataHeaders.first(trailers, GovernanceHeaders.FAULT) != null;
		return new OutboundClient.Answer(GrpcStatuses.http(ex.getStatus().getCode()),
				MetadataHeaders.first(trailers, "retry-after"), injected ? null : ex.getStatus().getDescription(),
				fallback(trailers));
	}

	private static String fallback(Metadata metadata) {
		return (metadata != null) ? MetadataHeaders.first(metadata, "x-governance-fallback") : null;
	}

	private ManagedChannel channel(URI instance) {
		return this.channels.computeIfAbsent(instance,
				(uri) -> Grpc.newChannelBuilderForAddress("127.0.0.1", port(uri), InsecureChannelCredentials.create())
					.maxInboundMessageSize(10_000_000)
					.build());
	}

	/**
	 * An upstream that is gone has no bridge, so that no connection can be made.
	 */
	private int port(URI upstream) {
		if (!isThere(upstream)) {
			return upstream.getPort();
		}
		GrpcBridge bridge = new GrpcBridge(upstream);
		this.bridges.add(bridge);
		return bridge.port();
	}

	private static boolean isThere(URI upstream) {
		try (var socket = new Socket(upstream.getHost(), upstream.getPort())) {
			return socket.isConnected();
		}
		catch (IOException ex) {
			return false;
		}
	}

	@Override
	@NotApplicable("A call of gRPC is a POST to its rules.")
	public void anAdmittedCallIsSentAndAnswered() {
	}

	@Override
	@NotApplicable("gRPC has 17 statuses, and none that means 502.")
	public void anyInjectedStatusIsPossible() {
	}

	@Override
	@NotApplicable("gRPC has 17 statuses, and none that means 502.")
	public void aBeanAnswersKnowingWhatHappened() {
	}

	@Override
	@NotApplicable("Messages are whole in memory, and come whole.")
	public void anAnswerThatNobodyReadsIsNotWaitedFor() {
	}

	@Override
	@NotApplicable("Messages are whole in memory, and come whole.")
	public void aLargeBodyThatCanBeReadOnceIsTriedOnce() {
	}

	@Override
	@NotApplicable("How long a connection may take is a setting of the channel.")
	public void anInstanceThatCannotBeReachedInTimeIsAFailureToConnect() {
	}

	@Override
	@NotApplicable("gRPC's calls have no query.")
	public void rulesSeeHeadersAndQuery() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void theLastGoodAnswerIsGivenAgain() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void nobodyGetsTheLastGoodAnswerOfAnotherPrincipal() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void theKillSwitchPassesTheCacheByAtOnce() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void aCacheInShadowIsCountedAndDoesNotAnswer() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void anAnswerIsGivenAgainWithoutACall() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void thatThereIsNothingIsGivenAgainToo() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void requestsThatDifferAreAnsweredApart() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void anAnswerThatItsSenderChoseByAHeaderIsForThatHeader() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void whoWaitsForAnotherCallWaitsNoLongerThanItsOwnCaller() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void nobodyGetsTheAnswerOfAnotherPrincipal() {
	}

	@Override
	@NotApplicable("What is asked for is in a message, which no rule reads: no answer is kept.")
	public void ofCallsForTheSameOneIsMade() {
	}

	@Override
	@NotApplicable("gRPC has no status that means 202: a call that fails is not kept.")
	public void aCallThatFailedIsAcceptedAndMadeAgainLater() {
	}

	@Override
	@NotApplicable("gRPC has no status that means 202: a call that fails is not kept.")
	public void whatThisSideDidNotSendSinceNobodyIsThereIsMadeLater() {
	}

	/**
	 * Chooses an instance for each attempt.
	 */
	private final class PickingChannel extends Channel {

		private final FakeInstances instances;

		private PickingChannel(FakeInstances instances) {
			this.instances = instances;
		}

		@Override
		public <Q, R> ClientCall<Q, R> newCall(MethodDescriptor<Q, R> method, CallOptions options) {
			URI picked = this.instances.pick(URI.create("http://inventory/" + method.getFullMethodName()),
					options.getOption(GovernedClientInterceptor.ATTEMPTS));
			return channel(URI.create("http://" + picked.getAuthority())).newCall(method, options);
		}

		@Override
		public String authority() {
			return "inventory:9090";
		}

	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.governance.context.CallContext;
import io.governance.gateway.GatewayAnswers;
import io.governance.test.conformance.Adapter;
import io.governance.test.conformance.NotApplicable;
import io.governance.test.contract.OutboundClient;
import io.governance.test.contract.OutboundContract;
import io.governance.test.contract.OutboundSetting;
import org.junit.jupiter.api.AfterEach;

/**
 * The outbound contract for the gateway. The client is a user of the gateway: it knows of
 * rejections what their problem bodies say.
 */
@Adapter("gateway")
class GatewayOutboundContractTests extends OutboundContract {

	private final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

	private final List<CallContext> contexts = new ArrayList<>();

	private final List<GatewayUnderTest> gateways = new ArrayList<>();

	@Override
	protected OutboundClient client(OutboundSetting setting) {
		GatewayUnderTest gateway = new GatewayUnderTest(setting, this::context);
		this.gateways.add(gateway);
		return (request) -> send(gateway, request);
	}

	private CallContext context(String id) {
		synchronized (this.contexts) {
			return this.contexts.get(Integer.parseInt(id));
		}
	}

	@AfterEach
	void stop() {
		this.gateways.forEach(GatewayUnderTest::close);
	}

	@Override
	@NotApplicable("The logging context of a client does not come through HTTP. That of the gateway's filters is tested "
			+ "in `GatewayContextIntegrationTests`.")
	public void theLoggingContextIsThereWhenAnInstanceIsChosen() {
	}

	@Override
	@NotApplicable("An exchange is over when its client was answered, and cannot be proxied once more.")
	public void aCallThatFailedIsAcceptedAndMadeAgainLater() {
	}

	@Override
	@NotApplicable("An exchange is over when its client was answered, and cannot be proxied once more.")
	public void whatThisSideDidNotSendSinceNobodyIsThereIsMadeLater() {
	}

	private OutboundClient.Answer send(GatewayUnderTest gateway, OutboundClient.Request request) {
		HttpRequest.Builder sent = HttpRequest.newBuilder(gateway.uri().resolve(request.path()))
			.timeout(Duration.ofSeconds(20))
			.header("x-test-context", remembered())
			.method(request.method(), body(request));
		request.headers().forEach(sent::header);
		try {
			HttpResponse<String> response = this.http.send(sent.build(), BodyHandlers.ofString());
			return GatewayAnswers.of(response);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
			throw new IllegalStateException(ex);
		}
	}

	private String remembered() {
		synchronized (this.contexts) {
			this.contexts.add(CallContext.current());
			return String.valueOf(this.contexts.size() - 1);
		}
	}

	private static BodyPublisher body(OutboundClient.Request request) {
		byte[] bytes = request.body();
		if (bytes == null) {
			return BodyPublishers.noBody();
		}
		return request.oneShot() ? BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(bytes))
				: BodyPublishers.ofByteArray(bytes);
	}

}

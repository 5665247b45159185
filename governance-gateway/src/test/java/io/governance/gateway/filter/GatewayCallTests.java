// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.filter;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.UnknownHostException;

import io.governance.client.CallOrigin;
import io.governance.context.CallContext;
import io.governance.context.LabelSource;
import io.governance.match.CallKey;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpCookie;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import reactor.util.context.Context;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link GatewayCall}.
 */
class GatewayCallTests {

	private final MockServerHttpRequest.BaseBuilder<?> request = MockServerHttpRequest.get("/inventory");

	private GatewayCall call() {
		return new GatewayCall(this.request.build(), URI.create("lb://inventory/"), CallContext.NONE,
				new CallOrigin("gateway", LabelSource.NONE), Context.empty());
	}

	@Test
	void theClientIsWhomTheRequestComesFrom() throws UnknownHostException {
		InetAddress address = InetAddress.getByAddress("client.example", new byte[] { 10, 0, 0, 7 });
		this.request.remoteAddress(new InetSocketAddress(address, 4711));
		assertThat(call().clientIp()).isEqualTo("10.0.0.7");
		assertThat(CallKey.parse("client-ip").of(call())).isEqualTo("10.0.0.7");
	}

	@Test
	void anAddressThatIsNotResolvedIsTakenAsItIs() {
		this.request.remoteAddress(InetSocketAddress.createUnresolved("203.0.113.9", 0));
		assertThat(call().clientIp()).isEqualTo("203.0.113.9");
	}

	@Test
	void withoutAnAddressNobodyIsKnown() {
		assertThat(call().clientIp()).isNull();
	}

	@Test
	void aForwardingHeaderAloneMakesNobodyTheClient() {
		this.request.remoteAddress(new InetSocketAddress("127.0.0.1", 4711)).header("X-Forwarded-For", "203.0.113.9");
		assertThat(call().clientIp()).isEqualTo("127.0.0.1");
	}

	@Test
	void aCookieIsThatOfTheRequest() {
		this.request.cookie(new HttpCookie("session", "s1"));
		assertThat(call().cookie("session")).isEqualTo("s1");
		assertThat(call().cookie("other")).isNull();
	}

}

// SPDX-License-Identifier: Apache-2.0

package io.governance.peer;

import java.net.InetSocketAddress;
import java.util.List;

import io.governance.context.Cidr;
import io.governance.context.TrustedCallers;
import org.junit.jupiter.api.Test;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.server.MockServerWebExchange;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * On servers that do not tell who opened the connection.
 */
class PeerFallbackTests {

	private final TrustedCallers trusted = new TrustedCallers(List.of(Cidr.valueOf("127.0.0.0/8")));

	@Test
	void theNamedAddressCountsWhereNothingIsForwarded() {
		assertThat(ServletPeer.isTrusted(new MockHttpServletRequest(), this.trusted)).isTrue();
		assertThat(ReactivePeer.isTrusted(reactive().build(), this.trusted)).isTrue();
	}

	@Test
	void nobodyIsTrustedWithAForwardingHeader() {
		MockHttpServletRequest servlet = new MockHttpServletRequest();
		servlet.addHeader("x-forwarded-for", "203.0.113.9");
		assertThat(ServletPeer.isTrusted(servlet, this.trusted)).isFalse();
		assertThat(ReactivePeer.isTrusted(reactive().header("forwarded", "for=203.0.113.9").build(), this.trusted))
			.isFalse();
	}

	@Test
	void nobodyIsTrustedOnceTomcatHasResolvedTheHeaders() {
		MockHttpServletRequest servlet = new MockHttpServletRequest();
		servlet.setAttribute("org.apache.tomcat.request.forwarded", true);
		assertThat(ServletPeer.isTrusted(servlet, this.trusted)).isFalse();
	}

	@Test
	void theVerdictIsKeptForThoseWhoTrustTheSame() {
		MockHttpServletRequest servlet = new MockHttpServletRequest();
		MockServerWebExchange exchange = MockServerWebExchange.from(reactive().build());
		assertThat(ServletPeer.isTrusted(servlet, this.trusted)).isTrue();
		assertThat(ReactivePeer.isTrusted(exchange.getRequest(), this.trusted)).isTrue();
		servlet.setRemoteAddr("203.0.113.9");
		assertThat(ServletPeer.isTrusted(servlet, this.trusted)).isTrue();
		assertThat(exchange.getAttributes()).containsKey(PeerVerdict.ATTRIBUTE);
		TrustedCallers nobody = new TrustedCallers(List.of());
		assertThat(ServletPeer.isTrusted(servlet, nobody)).isFalse();
		assertThat(ReactivePeer.isTrusted(exchange.getRequest(), nobody)).isFalse();
	}

	@Test
	void nobodyIsTrustedWithoutAnAddress() {
		assertThat(ReactivePeer.isTrusted(MockServerHttpRequest.get("/").build(), this.trusted)).isFalse();
	}

	private static MockServerHttpRequest.BaseBuilder<?> reactive() {
		return MockServerHttpRequest.get("/").remoteAddress(new InetSocketAddress("127.0.0.1", 4711));
	}

}

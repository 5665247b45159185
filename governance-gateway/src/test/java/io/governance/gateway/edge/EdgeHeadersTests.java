// SPDX-License-Identifier: Apache-2.0

package io.governance.gateway.edge;

import java.net.InetSocketAddress;
import java.util.List;

import io.governance.context.Cidr;
import io.governance.context.TrustedCallers;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.HttpCookie;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.AbstractServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.SslInfo;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.mock.http.server.reactive.MockServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;
import static org.mockito.Mockito.mock;

class EdgeHeadersTests {

	private static final MockServerHttpRequest CLAIMS = MockServerHttpRequest.get("/")
		.remoteAddress(new InetSocketAddress("203.0.113.7", 1234))
		.header("X-GOVERNANCE-Caller", "admin")
		.header("Baggage", "lane=blue")
		.header("x-forwarded-for", "10.0.0.1")
		.header("Forwarded", "for=10.0.0.1")
		.header("X-Envoy-Retry-On", "5xx")
		.header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
		.header("Authorization", "Bearer x")
		.build();

	@Test
	void strangersKeepTheirTraceAndCredentialsOnly() {
		assertThat(headers(CLAIMS, List.of()).headerNames()).containsExactlyInAnyOrder("traceparent", "Authorization");
	}

	@Test
	void trustedPeersKeepAll() {
		assertThat(headers(from("198.51.100.4"), List.of(Cidr.valueOf("198.51.100.0/24"))).headerNames()).hasSize(7);
	}

	@Test
	void whatTheServerMadeOfForwardingHeadersMakesNobodyTrusted() {
		List<Cidr> claimed = List.of(Cidr.valueOf("203.0.113.0/24"));
		assertThat(headers(from("198.51.100.4"), claimed).headerNames()).doesNotContain("Baggage");
		assertThat(headers(CLAIMS, claimed).headerNames()).doesNotContain("Baggage");
	}

	@Test
	void aPeerWithoutAddressIsAStranger() {
		MockServerHttpRequest request = MockServerHttpRequest.get("/").header("baggage", "lane=blue").build();
		assertThat(headers(request, List.of(Cidr.valueOf("0.0.0.0/0"))).headerNames()).isEmpty();
	}

	@Test
	void connectionOptionsThatNameHeadersEnd() {
		MockServerHttpRequest request = MockServerHttpRequest.get("/")
			.header("Connection", "Upgrade, Authorization, X-Forwarded-For")
			.build();
		assertThat(headers(request, List.of()).getConnection()).containsExactly("Upgrade");
	}

	@Test
	void anOrdinaryRequestIsPassedOnAsItIs() {
		MockServerHttpRequest request = MockServerHttpRequest.get("/").header("Connection", "keep-alive").build();
		assertThat(passed(request, List.of())).isSameAs(request);
	}

	/**
	 * The claims over a connection of Reactor Netty, which names another address.
	 */
	private static ServerHttpRequest from(String peer) {
		HttpServerRequest connection = mock(HttpServerRequest.class);
		given(connection.connectionRemoteAddress()).willReturn(new InetSocketAddress(peer, 1234));
		return new AbstractServerHttpRequest(CLAIMS.getMethod(), CLAIMS.getURI(), null, CLAIMS.getHeaders()) {

			@Override
			@SuppressWarnings("unchecked")
			public <T> T getNativeRequest() {
				return (T) connection;
			}

			@Override
			public InetSocketAddress getRemoteAddress() {
				return CLAIMS.getRemoteAddress();
			}

			@Override
			public Flux<DataBuffer> getBody() {
				return Flux.empty();
			}

			@Override
			protected MultiValueMap<String, HttpCookie> initCookies() {
				return new LinkedMultiValueMap<>();
			}

			@Override
			protected SslInfo initSslInfo() {
				return null;
			}

		};
	}

	private static HttpHeaders headers(ServerHttpRequest request, List<Cidr> trusted) {
		return passed(request, trusted).getHeaders();
	}

	private static ServerHttpRequest passed(ServerHttpRequest request, List<Cidr> trusted) {
		ServerHttpRequest[] seen = new ServerHttpRequest[1];
		new EdgeHeaders(new TrustedCallers(trusted)).apply((received, response) -> {
			seen[0] = received;
			return Mono.empty();
		}).handle(request, new MockServerHttpResponse()).block();
		return seen[0];
	}

}

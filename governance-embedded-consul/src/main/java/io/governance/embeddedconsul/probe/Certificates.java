// SPDX-License-Identifier: Apache-2.0

package io.governance.embeddedconsul.probe;

import io.governance.embeddedconsul.catalog.Probe;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;
import reactor.netty.http.client.HttpClient;
import reactor.netty.tcp.SslProvider.GenericSslContextSpec;

/** Which certificates of instances a probe accepts. */
final class Certificates {

	private Certificates() {
	}

	/** For a URL: TLS only where its scheme says so. */
	static HttpClient of(HttpClient client, Probe.Tls tls) {
		if (!tls.skipVerify()) {
			return client;
		}
		GenericSslContextSpec<?> any = Http11SslContextSpec.forClient()
			.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE));
		return client.secure((spec) -> spec.sslContext(any));
	}

	/** For HTTP/2 from the first byte on. */
	static HttpClient http2(HttpClient client, Probe.Tls tls) {
		Http2SslContextSpec verified = Http2SslContextSpec.forClient();
		GenericSslContextSpec<?> chosen = tls.skipVerify()
				? verified.configure((builder) -> builder.trustManager(InsecureTrustManagerFactory.INSTANCE))
				: verified;
		return client.secure((spec) -> spec.sslContext(chosen));
	}

}

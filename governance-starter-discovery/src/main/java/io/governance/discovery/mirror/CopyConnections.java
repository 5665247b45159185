// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.mirror;

import java.net.http.HttpClient;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;

import org.jspecify.annotations.Nullable;

/**
 * The connections on which copies go. Made for the first copy, and anew when the settings
 * of TLS change; the JDK's client is closed by being forgotten.
 */
final class CopyConnections {

	private final MirrorSettings settings;

	private final Executor executor;

	private final AtomicReference<@Nullable Connections> current = new AtomicReference<>();

	CopyConnections(MirrorSettings settings, Executor executor) {
		this.settings = settings;
		this.executor = executor;
	}

	HttpClient client() {
		SSLContext tls = this.settings.tls().get();
		Connections before = this.current.get();
		if (before != null && before.tls() == tls) {
			return before.client();
		}
		HttpClient.Builder builder = HttpClient.newBuilder()
			.version(HttpClient.Version.HTTP_1_1)
			.connectTimeout(this.settings.connectTimeout())
			.followRedirects(HttpClient.Redirect.NEVER)
			.executor(this.executor);
		if (tls != null) {
			builder.sslContext(tls);
		}
		Connections made = new Connections(tls, builder.build());
		this.current.set(made);
		return made.client();
	}

	private record Connections(@Nullable SSLContext tls, HttpClient client) {
	}

}

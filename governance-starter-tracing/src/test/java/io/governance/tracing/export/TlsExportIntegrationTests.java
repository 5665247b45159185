// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.export;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import io.governance.tracing.export.ExportSettings.Format;
import io.grpc.TlsServerCredentials;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Exports over TLS, to the right and to the wrong backend.
 */
class TlsExportIntegrationTests {

	@TempDir
	private Path directory;

	@Test
	void grpcOverTls() throws Exception {
		TestCertificate certificate = TestCertificate.of(this.directory, "ip:127.0.0.1");
		try (GrpcBackend backend = backend(certificate);
				Exports exports = Exports.started(Format.OTLP_GRPC, "https://127.0.0.1:" + backend.port(),
						certificate.trusted())) {
			exports.spans(3);
			await().until(() -> exports.exported() == 3);
		}
	}

	@Test
	void grpcToAnotherHostThanTheCertificateNames() throws Exception {
		TestCertificate certificate = TestCertificate.of(this.directory, "dns:collector.example.org");
		try (GrpcBackend backend = backend(certificate);
				Exports exports = Exports.started(Format.OTLP_GRPC, "https://127.0.0.1:" + backend.port(),
						certificate.trusted())) {
			exports.spans(1);
			await().until(() -> exports.exporter().counts().failedMessages() > 0);
			assertThat(backend.requests()).isEmpty();
		}
	}

	@Test
	void grpcToACertificateThatNobodyTrusts() throws Exception {
		TestCertificate certificate = TestCertificate.of(this.directory, "ip:127.0.0.1");
		try (GrpcBackend backend = backend(certificate);
				Exports exports = Exports.started(Format.OTLP_GRPC, "https://127.0.0.1:" + backend.port())) {
			exports.spans(1);
			await().until(() -> exports.exporter().counts().failedMessages() > 0);
			assertThat(backend.requests()).isEmpty();
		}
	}

	private static GrpcBackend backend(TestCertificate certificate) throws Exception {
		return new GrpcBackend(
				TlsServerCredentials.newBuilder().keyManager(certificate.keys().getKeyManagers()).build());
	}

	@Test
	void httpOverTls() throws Exception {
		TestCertificate certificate = TestCertificate.of(this.directory, "ip:127.0.0.1");
		AtomicInteger taken = new AtomicInteger();
		HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
		server.setHttpsConfigurator(new HttpsConfigurator(certificate.served()));
		server.createContext("/", (exchange) -> {
			exchange.getRequestBody().readAllBytes();
			taken.incrementAndGet();
			exchange.sendResponseHeaders(200, -1);
			exchange.close();
		});
		server.start();
		try (Exports exports = Exports.started(Format.OTLP_HTTP,
				"https://127.0.0.1:" + server.getAddress().getPort() + "/v1/traces", certificate.trusted())) {
			exports.spans(3);
			await().until(() -> exports.exported() == 3);
			assertThat(taken).hasPositiveValue();
		}
		finally {
			server.stop(0);
		}
	}

}

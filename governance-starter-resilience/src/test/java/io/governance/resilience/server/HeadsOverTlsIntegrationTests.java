// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.governance.resilience.InboundServers;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The time that a head may take, with TLS and where HTTP/2 is spoken too.
 */
class HeadsOverTlsIntegrationTests {

	private static final String PASSWORD = "changeit";

	@TempDir
	static Path directory;

	private static SSLContext trusting;

	@BeforeAll
	static void makeKeys() throws Exception {
		Path file = directory.resolve("test.p12");
		Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias",
				"test", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12",
				"-storepass", PASSWORD, "-keystore", file.toString())
			.inheritIO()
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
		trusting = trusting(file);
	}

	private static SSLContext trusting(Path file) throws IOException, GeneralSecurityException {
		KeyStore store = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(file)) {
			store.load(in, PASSWORD.toCharArray());
		}
		KeyStore trusted = KeyStore.getInstance("PKCS12");
		trusted.load(null, null);
		trusted.setCertificateEntry("test", store.getCertificate("test"));
		TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
		trust.init(trusted);
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(null, trust.getTrustManagers(), null);
		return context;
	}

	@ParameterizedTest
	@CsvSource({ "TOMCAT, true, false", "JETTY, true, false", "NETTY, true, false", "TOMCAT, true, true",
			"NETTY, true, true", "NETTY, false, true" })
	void aHeadThatDoesNotEndIsGivenUp(InboundServers server, boolean tls, boolean http2) throws Exception {
		Map<String, String> http = Map.of("governance.resilience.server.head-timeout", "500ms", "server.http2.enabled",
				String.valueOf(http2));
		Map<String, String> https = Map.of("governance.resilience.server.head-timeout", "500ms", "server.http2.enabled",
				String.valueOf(http2), "server.ssl.key-store", directory.resolve("test.p12").toUri().toString(),
				"server.ssl.key-store-password", PASSWORD);
		try (ConfigurableApplicationContext context = server.run(tls ? https : http, Application.class);
				Socket socket = tls ? trusting.getSocketFactory().createSocket("127.0.0.1", server.port(context))
						: new Socket("127.0.0.1", server.port(context));
				RawConnection connection = new RawConnection(socket).patience(10_000)) {
			connection.write("GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n");
			assertThat(connection.status()).isIn(401, 404);
			connection.write("GET /nothing HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ");
			assertThat(connection.isClosed()).isTrue();
		}
	}

	@SpringBootConfiguration
	@EnableAutoConfiguration
	static class Application {

	}

}

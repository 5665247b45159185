// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import io.governance.autoconfigure.GovernanceAutoConfiguration;
import io.governance.discovery.Instance;
import io.governance.discovery.ScriptedSource;
import io.governance.discovery.autoconfigure.GovernanceConnectionAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceDiscoveryAutoConfiguration;
import io.governance.discovery.autoconfigure.GovernanceLoadBalancerAutoConfiguration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import reactor.netty.http.Http11SslContextSpec;
import reactor.netty.http.Http2SslContextSpec;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.cloud.client.loadbalancer.LoadBalanced;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.reactive.ReactorClientHttpConnector;
import org.springframework.web.client.RestClient;
import org.springframework.web.reactive.function.client.WebClient;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * HTTP/2 by TLS, with what the user gave the clients: whom they trust.
 */
class Http2OverTlsIntegrationTests {

	private static final String PASSWORD = "changeit";

	@TempDir
	Path directory;

	@Test
	void theProtocolIsAgreedOnInTheHandshake() throws Exception {
		Path keys = keys();
		try (ConfigurableApplicationContext server = server(keys)) {
			int port = ((WebServerApplicationContext) server).getWebServer().getPort();
			ScriptedSource source = new ScriptedSource()
				.with(new Instance("a", "orders", "127.0.0.1", port, true, Map.of()));
			ApplicationContextRunner client = new ApplicationContextRunner()
				.withConfiguration(AutoConfigurations.of(GovernanceAutoConfiguration.class,
						GovernanceDiscoveryAutoConfiguration.class, GovernanceConnectionAutoConfiguration.class,
						GovernanceLoadBalancerAutoConfiguration.class))
				.withBean(ScriptedSource.class, () -> source)
				.withBean(TrustManagerFactory.class, () -> trust(keys))
				.withUserConfiguration(Clients.class);
			for (String protocol : new String[] { "HTTP/2.0", "HTTP/1.1" }) {
				client.withPropertyValues("governance.discovery.connection.http2=" + protocol.equals("HTTP/2.0"))
					.run((context) -> {
						assertThat(blocking(context)).isEqualTo(protocol);
						assertThat(reactive(context)).isEqualTo(protocol);
						assertThat(reactive(context)).isEqualTo(protocol);
					});
			}
		}
	}

	private static String blocking(ApplicationContext context) {
		return String.valueOf(context.getBean(RestClient.Builder.class)
			.build()
			.get()
			.uri("http://orders/protocol")
			.retrieve()
			.body(String.class));
	}

	private static String reactive(ApplicationContext context) {
		return String.valueOf(context.getBean(WebClient.Builder.class)
			.build()
			.get()
			.uri("http://orders/protocol")
			.retrieve()
			.bodyToMono(String.class)
			.block(Duration.ofSeconds(20)));
	}

	private static ConfigurableApplicationContext server(Path keys) {
		return new SpringApplicationBuilder(ConnectionsIntegrationTests.Service.class).web(WebApplicationType.SERVLET)
			.run("--server.port=0", "--server.http2.enabled=true", "--spring.main.banner-mode=off",
					"--governance.discovery.enabled=false", "--server.ssl.key-store=" + keys.toUri(),
					"--server.ssl.key-store-password=" + PASSWORD,
					"--spring.autoconfigure.exclude=org.springframework.boot.jetty.autoconfigure.servlet.JettyServletWebServerAutoConfiguration");
	}

	/**
	 * A key and certificate of this host, made by the JDK's keytool.
	 */
	private Path keys() throws Exception {
		Path file = this.directory.resolve("test.p12");
		Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias",
				"test", "-keyalg", "EC", "-dname", "CN=test", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12",
				"-storepass", PASSWORD, "-keystore", file.toString())
			.inheritIO()
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		assertThat(keytool.exitValue()).isZero();
		return file;
	}

	private static TrustManagerFactory trust(Path keys) {
		try (InputStream in = Files.newInputStream(keys)) {
			KeyStore store = KeyStore.getInstance("PKCS12");
			store.load(in, PASSWORD.toCharArray());
			KeyStore trusted = KeyStore.getInstance("PKCS12");
			trusted.load(null, null);
			trusted.setCertificateEntry("test", store.getCertificate("test"));
			TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
			trust.init(trusted);
			return trust;
		}
		catch (IOException | GeneralSecurityException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Clients {

		@Bean
		@LoadBalanced
		RestClient.Builder jdk(TrustManagerFactory trust) throws GeneralSecurityException {
			SSLContext context = SSLContext.getInstance("TLS");
			context.init(null, trust.getTrustManagers(), null);
			return RestClient.builder()
				.requestFactory(new JdkClientHttpRequestFactory(HttpClient.newBuilder().sslContext(context).build()));
		}

		@Bean
		@LoadBalanced
		WebClient.Builder webClient(TrustManagerFactory trust, Environment environment) {
			boolean http2 = environment.getRequiredProperty("governance.discovery.connection.http2", Boolean.class);
			return WebClient.builder()
				.clientConnector(new ReactorClientHttpConnector(reactor.netty.http.client.HttpClient.create()
					.secure((spec) -> spec.sslContext(http2
							? Http2SslContextSpec.forClient().configure((builder) -> builder.trustManager(trust))
							: Http11SslContextSpec.forClient().configure((builder) -> builder.trustManager(trust))))));
		}

	}

}

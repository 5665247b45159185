// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.etcd;

import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;

import io.governance.discovery.ServiceViews;
import io.governance.discovery.registration.RegistrationState;
import io.governance.discovery.registration.SelfRegistration;
import io.governance.test.Requirement;
import io.governance.test.registry.RealEtcd;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Registration and view with an etcd that speaks TLS.
 */
class EtcdTlsIntegrationTests {

	@RegisterExtension
	static final Requirement requirement = RealEtcd.requirement();

	@TempDir
	static Path directory;

	private RealEtcd etcd;

	@BeforeEach
	void start() throws Exception {
		Path store = directory.resolve("etcd.p12");
		Process keytool = new ProcessBuilder(System.getProperty("java.home") + "/bin/keytool", "-genkeypair", "-alias",
				"etcd", "-keyalg", "EC", "-dname", "CN=etcd", "-ext", "san=ip:127.0.0.1", "-storetype", "PKCS12",
				"-storepass", "changeit", "-keystore", store.toString())
			.inheritIO()
			.start();
		assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
		KeyStore keys = KeyStore.getInstance("PKCS12");
		try (InputStream in = Files.newInputStream(store)) {
			keys.load(in, "changeit".toCharArray());
		}
		Path certificate = pem("CERTIFICATE", keys.getCertificate("etcd").getEncoded());
		Path key = pem("PRIVATE KEY", keys.getKey("etcd", "changeit".toCharArray()).getEncoded());
		Files.delete(store);
		this.etcd = RealEtcd.startWithTls(certificate, key);
	}

	@AfterEach
	void stop() {
		this.etcd.close();
	}

	@Test
	void whatTheBundleTrustsIsUsed() {
		try (ConfigurableApplicationContext application = run("governance.discovery.etcd.ssl-bundle=etcd",
				"spring.ssl.bundle.pem.etcd.truststore.certificate=" + directory.resolve("CERTIFICATE.pem"))) {
			SelfRegistration registration = application.getBean(SelfRegistration.class);
			Awaitility.await().until(() -> registration.status().state() == RegistrationState.REGISTERED);
			Awaitility.await().until(() -> application.getBean(ServiceViews.class).view("self").size() == 1);
		}
	}

	@Test
	void whatIsNotTrustedIsNotUsed() {
		try (ConfigurableApplicationContext application = run()) {
			SelfRegistration registration = application.getBean(SelfRegistration.class);
			Awaitility.await()
				.atMost(Duration.ofSeconds(15))
				.until(() -> registration.status().state() == RegistrationState.AWAY);
			assertThat(registration.status().error()).contains("no answer");
		}
	}

	private ConfigurableApplicationContext run(String... properties) {
		return new SpringApplicationBuilder(Application.class)
			.properties("spring.application.name=self", "server.port=0", "server.address=127.0.0.1",
					"spring.main.banner-mode=off", "governance.discovery.etcd.endpoints=" + this.etcd.endpoint(),
					"governance.discovery.lifecycle.leave-delay=0s", "governance.discovery.lifecycle.late-window=0s")
			.properties(properties)
			.run();
	}

	private static Path pem(String type, byte[] content) throws Exception {
		String text = Base64.getMimeEncoder(64, new byte[] { '\n' }).encodeToString(content);
		return Files.writeString(directory.resolve(type + ".pem"),
				"-----BEGIN " + type + "-----\n" + text + "\n-----END " + type + "-----\n");
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	static class Application {

	}

}

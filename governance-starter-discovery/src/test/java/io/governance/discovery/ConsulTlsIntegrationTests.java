// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

import io.governance.discovery.registration.RegistrationState;
import io.governance.test.consul.ConsulCertificates;
import io.governance.test.consul.RealConsul;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import org.springframework.context.ConfigurableApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Discovery at an agent that speaks TLS and wants certificates of its clients.
 */
class ConsulTlsIntegrationTests {

	private static final String BUNDLE = "spring.ssl.bundle.pem.consul.";

	@RegisterExtension
	static final RealConsul consul = RealConsul.agentWithTls();

	private final DiscoveryApplications applications = new DiscoveryApplications();

	@AfterEach
	void stop() {
		this.applications.close();
	}

	@Test
	void aBundleSaysWhomToTrustAndWhoWeAre() {
		ConsulCertificates files = consul.certificates();
		String[] bundle = bundle(files.client(), files.clientKey());
		ConfigurableApplicationContext inventory = this.applications.inventory(consul.tlsPort(), "1", bundle);
		DiscoveryApplications.awaitVersions(this.applications.caller(consul.tlsPort(), bundle), "1");
		Awaitility.await()
			.untilAsserted(() -> assertThat(DiscoveryApplications.registration(inventory).status().state())
				.isEqualTo(RegistrationState.REGISTERED));
	}

	@Test
	void aCertificateThatIsRenewedIsUsedWithoutARestart(@TempDir Path directory) throws IOException {
		ConsulCertificates strange = ConsulCertificates.in(directory);
		ConfigurableApplicationContext inventory = this.applications.inventory(consul.tlsPort(), "1",
				bundle(strange.client(), strange.clientKey()));
		Awaitility.await()
			.untilAsserted(() -> assertThat(DiscoveryApplications.registration(inventory).status().state())
				.isEqualTo(RegistrationState.AWAY));
		ConsulCertificates files = consul.certificates();
		Files.copy(files.client(), strange.client(), StandardCopyOption.REPLACE_EXISTING);
		Files.copy(files.clientKey(), strange.clientKey(), StandardCopyOption.REPLACE_EXISTING);
		Awaitility.await()
			.untilAsserted(() -> assertThat(DiscoveryApplications.registration(inventory).status().state())
				.isEqualTo(RegistrationState.REGISTERED));
	}

	private static String[] bundle(Path certificate, Path key) {
		return new String[] { "governance.discovery.consul.ssl.bundle=consul", BUNDLE + "reload-on-update=true",
				BUNDLE + "truststore.certificate=file:" + consul.certificates().authority(),
				BUNDLE + "keystore.certificate=file:" + certificate, BUNDLE + "keystore.private-key=file:" + key,
				"spring.ssl.bundle.watch.file.quiet-period=200ms" };
	}

}

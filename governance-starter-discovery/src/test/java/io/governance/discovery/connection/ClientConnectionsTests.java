// SPDX-License-Identifier: Apache-2.0

package io.governance.discovery.connection;

import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;

import org.apache.hc.client5.http.HttpRoute;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManager;
import org.apache.hc.core5.function.Resolver;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.util.Timeout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.http.client.ClientHttpRequestFactory;
import org.springframework.http.client.HttpComponentsClientHttpRequestFactory;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.http.client.SimpleClientHttpRequestFactory;
import org.springframework.test.util.ReflectionTestUtils;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests for {@link ClientConnections}.
 */
@ExtendWith(OutputCaptureExtension.class)
class ClientConnectionsTests {

	private static final ConnectionSettings BUILT_IN = settings(2000, 4000, null, null);

	private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();

	@AfterEach
	void stop() {
		this.scheduler.shutdownNow();
	}

	@Test
	void thePoolOfApachesClientIsSetUpInPlace() {
		PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
		pool.setDefaultConnectionConfig(ConnectionConfig.custom()
			.setSocketTimeout(Timeout.ofSeconds(7))
			.setConnectTimeout(Timeout.ofMilliseconds(300))
			.build());
		ClientHttpRequestFactory factory = apache(pool);
		ConnectionSettings orders = settings(100, 4000, Duration.ofMinutes(5), null);
		assertThat(stage(BUILT_IN, Map.of("orders", orders)).wrap(factory, true)).isSameAs(factory);
		assertThat(pool.getDefaultMaxPerRoute()).isEqualTo(200);
		assertThat(pool.getMaxTotal()).isGreaterThan(10_000);
		ConnectionConfig others = config(pool, "10.0.0.2");
		assertThat(others.getSocketTimeout()).isEqualTo(Timeout.ofSeconds(7));
		assertThat(others.getConnectTimeout()).isEqualTo(Timeout.ofMilliseconds(300));
		assertThat(others.getTimeToLive()).isNull();
		assertThat(config(pool, "10.0.0.1").getConnectTimeout()).isEqualTo(Timeout.ofMilliseconds(100));
		assertThat(config(pool, "10.0.0.1").getTimeToLive().toMinutes()).isEqualTo(5);
	}

	@Test
	void clientsThatChooseNoInstancesKeepTheirOwn() {
		PoolingHttpClientConnectionManager pool = new PoolingHttpClientConnectionManager();
		stage(BUILT_IN, Map.of()).wrap(apache(pool), false);
		assertThat(pool.getDefaultMaxPerRoute()).isEqualTo(5);
		JdkClientHttpRequestFactory jdk = new JdkClientHttpRequestFactory();
		assertThat(stage(BUILT_IN, Map.of()).wrap(jdk, false)).isSameAs(jdk);
	}

	@Test
	void theJdksClientGetsTimesAndProtocolPerService() {
		JdkClientHttpRequestFactory factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
			.connectTimeout(Duration.ofSeconds(9))
			.followRedirects(HttpClient.Redirect.ALWAYS)
			.build());
		factory.setReadTimeout(Duration.ofSeconds(3));
		ClientHttpRequestFactory settled = stage(settings(1000, 4000, null, false), Map.of()).wrap(factory, true);
		assertThat(settled.getClass()).isEqualTo(JdkClientHttpRequestFactory.class);
		assertThat(ReflectionTestUtils.getField(settled, "readTimeout")).isEqualTo(Duration.ofSeconds(3));
		HttpClient client = (HttpClient) ReflectionTestUtils.getField(settled, "httpClient");
		assertThat(client).isNotNull();
		assertThat(client.version()).isEqualTo(HttpClient.Version.HTTP_1_1);
		assertThat(client.connectTimeout()).contains(Duration.ofSeconds(1));
		assertThat(client.followRedirects()).isEqualTo(HttpClient.Redirect.ALWAYS);
	}

	@Test
	void factoriesOfOneClientShareItsConnections() {
		HttpClient own = HttpClient.newHttpClient();
		ClientConnections stage = stage(BUILT_IN, Map.of());
		ClientHttpRequestFactory one = stage.wrap(new JdkClientHttpRequestFactory(own), true);
		ClientHttpRequestFactory other = stage.wrap(new JdkClientHttpRequestFactory(own), true);
		assertThat(ReflectionTestUtils.getField(one, "httpClient"))
			.isSameAs(ReflectionTestUtils.getField(other, "httpClient"))
			.isNotSameAs(own);
	}

	@Test
	void withNothingConfiguredNothingIsSaid(CapturedOutput output) {
		stage(BUILT_IN, Map.of()).wrap(new SimpleClientHttpRequestFactory(), true);
		stage(BUILT_IN, Map.of()).wrap(new JdkClientHttpRequestFactory(), true);
		assertThat(output).doesNotContain("governance.discovery.connection");
	}

	@Test
	void whatAClientCannotDoIsSaidOnce(CapturedOutput output) {
		ClientConnections stage = stage(BUILT_IN, Map.of("orders", settings(2000, 9000, Duration.ofMinutes(5), true)));
		stage.wrap(new SimpleClientHttpRequestFactory(), true);
		stage.wrap(new SimpleClientHttpRequestFactory(), true);
		stage.wrap(new JdkClientHttpRequestFactory(), true);
		stage.wrap(apache(new PoolingHttpClientConnectionManager()), true);
		assertThat(output)
			.containsOnlyOnce("client=SimpleClientHttpRequestFactory without-effect=[idle-timeout, max-life, http2]")
			.containsOnlyOnce("client=JDK without-effect=[idle-timeout, max-life]")
			.containsOnlyOnce("client=Apache without-effect=[http2] same-for-all-services=[idle-timeout]");
	}

	private ClientConnections stage(ConnectionSettings all, Map<String, ConnectionSettings> services) {
		return new ClientConnections(
				new ConnectionPlan(BUILT_IN, all, services, (service, address) -> address.equals("10.0.0.1:8080")),
				this.scheduler);
	}

	private static ClientHttpRequestFactory apache(PoolingHttpClientConnectionManager pool) {
		return new HttpComponentsClientHttpRequestFactory(HttpClients.custom().setConnectionManager(pool).build());
	}

	@SuppressWarnings("unchecked")
	private static ConnectionConfig config(PoolingHttpClientConnectionManager pool, String host) {
		Resolver<HttpRoute, ConnectionConfig> resolver = (Resolver<HttpRoute, ConnectionConfig>) ReflectionTestUtils
			.getField(pool, "connectionConfigResolver");
		assertThat(resolver).isNotNull();
		return resolver.resolve(new HttpRoute(new HttpHost("http", host, 8080)));
	}

	private static ConnectionSettings settings(int connectMillis, int idleMillis, Duration life, Boolean http2) {
		return new ConnectionSettings(Duration.ofMillis(connectMillis), Duration.ofMillis(idleMillis), life, 200, 200,
				Duration.ofSeconds(1), http2);
	}

}

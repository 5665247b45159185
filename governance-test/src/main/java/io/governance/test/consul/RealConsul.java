// SPDX-License-Identifier: Apache-2.0

package io.governance.test.consul;

import java.net.URI;
import java.util.UUID;

import io.governance.test.Requirement;
import io.governance.test.process.ServerProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * A real Consul agent as a process of its own, on free ports of the loopback address.
 * Register it as a static extension; it runs while the class runs:
 *
 * <pre>{@code
 * &#64;RegisterExtension
 * static final RealConsul consul = RealConsul.agent();
 * }</pre>
 *
 * Where there is no {@code consul} command the tests are skipped, or fail if
 * {@code GOVERNANCE_REQUIRE} names {@code consul}. The agent keeps nothing on disk: after
 * a stop or a kill it comes back empty, on the same ports.
 */
public final class RealConsul implements ExecutionCondition, BeforeAllCallback, AfterAllCallback {

	private final Requirement requirement = ConsulBinary.requirement();

	private final @Nullable String token;

	private final boolean tls;

	private final int dnsTtlSeconds;

	private @Nullable ServerProcess process;

	private RealConsul(@Nullable String token, boolean tls, int dnsTtlSeconds) {
		this.token = token;
		this.tls = tls;
		this.dnsTtlSeconds = dnsTtlSeconds;
	}

	/**
	 * An agent that everyone may use.
	 * @return the extension
	 */
	public static RealConsul agent() {
		return new RealConsul(null, false, 0);
	}

	/**
	 * An agent that refuses everyone without a token.
	 * @return the extension; {@link #token()} may do everything
	 */
	public static RealConsul agentWithAcl() {
		return new RealConsul(UUID.randomUUID().toString(), false, 0);
	}

	/**
	 * An agent that speaks TLS too, on a port of its own, and wants certificates of its
	 * clients there.
	 * @return the extension; {@link #certificates()} are what a client needs
	 */
	public static RealConsul agentWithTls() {
		return new RealConsul(null, true, 0);
	}

	/**
	 * An agent that everyone may use, and whose answers to DNS questions live for a
	 * while; those of the others live for no time.
	 * @param seconds how long
	 * @return the extension
	 */
	public static RealConsul agentWithDnsTtl(int seconds) {
		return new RealConsul(null, false, seconds);
	}

	@Override
	public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
		return this.requirement.evaluateExecutionCondition(context);
	}

	@Override
	public void beforeAll(ExtensionContext context) {
		this.requirement.beforeAll(context);
		if (this.requirement.isMet()) {
			this.process = ConsulAgent.start(this.token, this.tls, this.dnsTtlSeconds);
		}
	}

	@Override
	public void afterAll(ExtensionContext context) {
		if (this.process != null) {
			this.process.close();
		}
	}

	/**
	 * The agent's address.
	 * @return for example {@code http://127.0.0.1:39113}
	 */
	public URI uri() {
		return URI.create("http://127.0.0.1:" + port());
	}

	/**
	 * The agent's HTTP port.
	 * @return the port, the same after a restart
	 */
	public int port() {
		return running().port();
	}

	/**
	 * The agent's DNS port, for UDP and TCP.
	 * @return the port, the same after a restart
	 */
	public int dnsPort() {
		return running().ports().get(ConsulAgent.DNS);
	}

	/**
	 * The agent's port for HTTPS.
	 * @return the port, the same after a restart
	 * @throws IllegalStateException when the agent has no TLS
	 */
	public int tlsPort() {
		requireTls();
		return running().ports().get(ConsulAgent.TLS);
	}

	/**
	 * The certificates on both sides.
	 * @return their files, which are there while the agent is
	 * @throws IllegalStateException when the agent has no TLS
	 */
	public ConsulCertificates certificates() {
		requireTls();
		return ConsulCertificates.at(running().directory());
	}

	/**
	 * The token that may do everything.
	 * @return the token
	 * @throws IllegalStateException when the agent has no ACLs
	 */
	public String token() {
		if (this.token == null) {
			throw new IllegalStateException("token: none (expected: an agent made by agentWithAcl)");
		}
		return this.token;
	}

	/**
	 * A client that may do everything.
	 * @return the client
	 */
	public ConsulHttp http() {
		return new ConsulHttp(uri(), this.token);
	}

	/**
	 * Starts the agent again, empty, on the same ports; returns when it has a leader.
	 */
	public void start() {
		running().restart();
	}

	/**
	 * Ends the agent as an administrator would.
	 */
	public void stop() {
		running().stop();
	}

	/**
	 * Ends the agent as an accident would.
	 */
	public void kill() {
		running().kill();
	}

	private void requireTls() {
		if (!this.tls) {
			throw new IllegalStateException("TLS: none (expected: an agent made by agentWithTls)");
		}
	}

	private ServerProcess running() {
		if (this.process == null) {
			throw new IllegalStateException("agent: not started (expected: a static extension)");
		}
		return this.process;
	}

}

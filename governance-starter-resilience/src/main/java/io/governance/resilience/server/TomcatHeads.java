// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.server;

import java.lang.reflect.Method;
import java.util.Set;

import io.governance.time.TimeSource;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.AbstractProtocol;
import org.apache.coyote.Constants;
import org.apache.coyote.Processor;
import org.apache.coyote.Request;
import org.apache.tomcat.util.net.AbstractEndpoint;
import org.apache.tomcat.util.net.SocketWrapperBase;

import org.springframework.util.ReflectionUtils;

/**
 * The connections of one Tomcat connector. Tomcat tells when the first byte of a head
 * came, and whether the head is there; it does not give its endpoint, which has the
 * connections. Thread-safe.
 */
public final class TomcatHeads implements SlowHeads.Sweep {

	private final Connector connector;

	private final TimeSource time;

	/**
	 * Creates the sweep.
	 * @param connector the connector
	 * @param time the clock
	 */
	public TomcatHeads(Connector connector, TimeSource time) {
		this.connector = connector;
		this.time = time;
	}

	@Override
	public void closeOlder(long nanos) {
		for (SocketWrapperBase<?> connection : connections()) {
			if (connection.getCurrentProcessor() instanceof Processor processor && isInHead(processor)
					&& isOlder(processor.getRequest(), nanos)) {
				connection.close();
			}
		}
	}

	/**
	 * Between two parts of a head Tomcat takes the request for ended, as it does while an
	 * asynchronous one is worked on, or a file is sent.
	 */
	private static boolean isInHead(Processor processor) {
		Request request = processor.getRequest();
		if (request == null || processor.isAsync() || processor.isUpgrade() || request.getResponse().isCommitted()) {
			return false;
		}
		int stage = request.getRequestProcessor().getStage();
		return stage == Constants.STAGE_PARSE || stage == Constants.STAGE_ENDED;
	}

	private boolean isOlder(Request request, long nanos) {
		long start = request.getStartTimeNanos();
		return start >= 0 && this.time.nanoTime() - start > nanos;
	}

	@SuppressWarnings("unchecked")
	private Set<SocketWrapperBase<?>> connections() {
		Method method = ReflectionUtils.findMethod(AbstractProtocol.class, "getEndpoint");
		if (method == null || !(this.connector.getProtocolHandler() instanceof AbstractProtocol<?> protocol)) {
			return Set.of();
		}
		method.setAccessible(true);
		Object endpoint = ReflectionUtils.invokeMethod(method, protocol);
		return (endpoint instanceof AbstractEndpoint<?, ?> known)
				? (Set<SocketWrapperBase<?>>) (Set<?>) known.getConnections() : Set.of();
	}

}

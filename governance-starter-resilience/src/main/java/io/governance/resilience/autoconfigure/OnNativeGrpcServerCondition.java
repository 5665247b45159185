// SPDX-License-Identifier: Apache-2.0

package io.governance.resilience.autoconfigure;

import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.autoconfigure.condition.NoneNestedConditions;

/**
 * An application whose gRPC server is one of its own: not where Spring gRPC has a Servlet
 * container serve the calls, whose filters would ask the rules once more.
 */
final class OnNativeGrpcServerCondition extends NoneNestedConditions {

	OnNativeGrpcServerCondition() {
		super(ConfigurationPhase.REGISTER_BEAN);
	}

	@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
	@ConditionalOnClass(name = "io.grpc.servlet.jakarta.GrpcServlet")
	@ConditionalOnBooleanProperty(name = "spring.grpc.server.servlet.enabled", matchIfMissing = true)
	static class Servlet {

	}

}

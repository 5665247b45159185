// SPDX-License-Identifier: Apache-2.0

package io.governance.tracing.autoconfigure;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Settings of Istio's standard metrics, fixed at start.
 *
 * @param enabled whether istio_requests_total and its siblings are recorded
 * @param workload workload, app and canonical service of this process; its application
 * name when not set
 * @param namespace namespace of this process, and for want of better knowledge of the
 * services it talks to
 * @param version version and canonical revision of this process; its application version
 * when not set, and unknown, of revision latest, when there is none
 * @param cluster cluster of this process
 */
@ConfigurationProperties("governance.tracing.metrics.istio")
record TracingIstioMetricsProperties(@DefaultValue("false") boolean enabled, @Nullable String workload,
		@DefaultValue("default") String namespace, @Nullable String version, @DefaultValue("unknown") String cluster) {
}

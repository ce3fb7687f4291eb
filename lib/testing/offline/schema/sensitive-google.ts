/** Type → paths below it, separated by blanks. Written by scripts/sensitive-attributes.ts. */
export const GOOGLE_SENSITIVE: Readonly<Record<string, string>> = {
  "data.google_client_config": "access_token",
  "data.google_kms_secret": "plaintext",
  "data.google_kms_secret_ciphertext": "plaintext",
  "data.google_parameter_manager_parameter_version": "parameter_data",
  "data.google_parameter_manager_parameter_version_render": "parameter_data rendered_parameter_data",
  "data.google_parameter_manager_regional_parameter_version": "parameter_data",
  "data.google_parameter_manager_regional_parameter_version_render": "parameter_data rendered_parameter_data",
  "data.google_secret_manager_regional_secret_version": "secret_data",
  "data.google_secret_manager_regional_secret_version_access": "secret_data",
  "data.google_secret_manager_secret_version": "secret_data",
  "data.google_secret_manager_secret_version_access": "secret_data",
  "data.google_service_account_access_token": "access_token",
  "data.google_service_account_id_token": "id_token",
  "data.google_service_account_jwt": "jwt",
  "data.google_storage_object_signed_url": "credentials",
  google_active_directory_domain_trust: "trust_handshake_secret",
  google_alloydb_cluster: "initial_user.password",
  google_alloydb_user: "password",
  google_apigee_keystores_aliases_key_cert_file: "key password",
  google_apikeys_key: "key_string",
  google_app_engine_application: "iap.oauth2_client_secret iap.oauth2_client_secret_sha256",
  google_bigquery_connection: "cloud_sql.credential.password",
  google_bigquery_data_transfer_config: "sensitive_params.secret_access_key",
  google_certificate_manager_certificate:
    "self_managed.certificate_pem self_managed.pem_private_key self_managed.private_key_pem",
  google_certificate_manager_trust_config:
    "trust_stores.intermediate_cas.pem_certificate trust_stores.trust_anchors.pem_certificate",
  google_composer_user_workloads_secret: "data",
  google_compute_backend_bucket_signed_url_key: "key_value",
  google_compute_backend_service:
    "iap.oauth2_client_secret iap.oauth2_client_secret_sha256 security_settings.aws_v4_authentication.access_key",
  google_compute_backend_service_signed_url_key: "key_value",
  google_compute_disk: "disk_encryption_key.raw_key disk_encryption_key.rsa_encrypted_key",
  google_compute_image:
    "image_encryption_key.raw_key image_encryption_key.rsa_encrypted_key source_disk_encryption_key.raw_key source_disk_encryption_key.rsa_encrypted_key source_image_encryption_key.raw_key source_image_encryption_key.rsa_encrypted_key source_snapshot_encryption_key.raw_key source_snapshot_encryption_key.rsa_encrypted_key",
  google_compute_instance:
    "attached_disk.disk_encryption_key_raw attached_disk.disk_encryption_key_rsa boot_disk.disk_encryption_key_raw boot_disk.disk_encryption_key_rsa boot_disk.initialize_params.source_image_encryption_key.raw_key boot_disk.initialize_params.source_image_encryption_key.rsa_encrypted_key boot_disk.initialize_params.source_snapshot_encryption_key.raw_key boot_disk.initialize_params.source_snapshot_encryption_key.rsa_encrypted_key",
  google_compute_instance_from_template:
    "attached_disk.disk_encryption_key_raw attached_disk.disk_encryption_key_rsa boot_disk.disk_encryption_key_raw boot_disk.disk_encryption_key_rsa boot_disk.initialize_params.source_image_encryption_key.raw_key boot_disk.initialize_params.source_image_encryption_key.rsa_encrypted_key boot_disk.initialize_params.source_snapshot_encryption_key.raw_key boot_disk.initialize_params.source_snapshot_encryption_key.rsa_encrypted_key",
  google_compute_instance_template:
    "disk.source_image_encryption_key.raw_key disk.source_image_encryption_key.rsa_encrypted_key disk.source_snapshot_encryption_key.raw_key disk.source_snapshot_encryption_key.rsa_encrypted_key",
  google_compute_region_backend_service: "iap.oauth2_client_secret iap.oauth2_client_secret_sha256",
  google_compute_region_disk: "disk_encryption_key.raw_key disk_encryption_key.rsa_encrypted_key",
  google_compute_region_instance_template:
    "disk.source_image_encryption_key.raw_key disk.source_image_encryption_key.rsa_encrypted_key disk.source_snapshot_encryption_key.raw_key disk.source_snapshot_encryption_key.rsa_encrypted_key",
  google_compute_region_ssl_certificate: "certificate private_key",
  google_compute_router_peer: "md5_authentication_key.key",
  google_compute_snapshot:
    "snapshot_encryption_key.raw_key snapshot_encryption_key.rsa_encrypted_key source_disk_encryption_key.raw_key source_disk_encryption_key.rsa_encrypted_key",
  google_compute_ssl_certificate: "certificate private_key",
  google_compute_vpn_tunnel: "shared_secret",
  google_container_cluster: "master_auth.client_key",
  google_data_loss_prevention_deidentify_template:
    "deidentify_config.record_transformations.field_transformations.info_type_transformations.transformations.primitive_transformation.crypto_deterministic_config.crypto_key.unwrapped.key deidentify_config.record_transformations.field_transformations.info_type_transformations.transformations.primitive_transformation.crypto_hash_config.crypto_key.unwrapped.key deidentify_config.record_transformations.field_transformations.info_type_transformations.transformations.primitive_transformation.crypto_replace_ffx_fpe_config.crypto_key.unwrapped.key deidentify_config.record_transformations.field_transformations.info_type_transformations.transformations.primitive_transformation.date_shift_config.crypto_key.unwrapped.key",
  google_database_migration_service_connection_profile:
    "alloydb.settings.initial_user.password cloudsql.settings.root_password mysql.password mysql.ssl.ca_certificate mysql.ssl.client_certificate mysql.ssl.client_key oracle.forward_ssh_connectivity.password oracle.forward_ssh_connectivity.private_key oracle.password oracle.ssl.ca_certificate oracle.ssl.client_certificate oracle.ssl.client_key postgresql.password postgresql.ssl.ca_certificate postgresql.ssl.client_certificate postgresql.ssl.client_key",
  google_datastream_connection_profile:
    "forward_ssh_connectivity.password forward_ssh_connectivity.private_key mysql_profile.password mysql_profile.ssl_config.ca_certificate mysql_profile.ssl_config.client_certificate mysql_profile.ssl_config.client_key oracle_profile.password postgresql_profile.password sql_server_profile.password",
  google_dialogflow_cx_agent: "git_integration_settings.github_settings.access_token",
  google_dialogflow_cx_tool:
    "open_api_spec.authentication.api_key_config.api_key open_api_spec.authentication.bearer_token_config.token open_api_spec.authentication.oauth_config.client_secret",
  google_edgecontainer_cluster: "cluster_ca_certificate",
  google_firebase_app_check_debug_token: "token",
  google_firebase_app_check_device_check_config: "private_key",
  google_firebase_app_check_recaptcha_v3_config: "site_secret",
  google_iam_oauth_client_credential: "client_secret",
  google_iam_workforce_pool_provider: "oidc.client_secret.value.plain_text",
  google_iap_client: "secret",
  google_iap_settings: "access_settings.workforce_identity_settings.oauth2.client_secret",
  google_identity_platform_config: "client.api_key",
  google_kms_secret_ciphertext: "additional_authenticated_data plaintext",
  google_monitoring_notification_channel:
    "sensitive_labels.auth_token sensitive_labels.password sensitive_labels.service_key",
  google_monitoring_uptime_check_config: "http_check.auth_info.password",
  google_netapp_active_directory: "password",
  google_network_services_edge_cache_keyset: "public_key.value",
  google_parameter_manager_parameter_version: "parameter_data",
  google_parameter_manager_regional_parameter_version: "parameter_data",
  google_public_ca_external_account_key: "b64_mac_key b64url_mac_key key_id",
  google_redis_instance: "auth_string",
  google_secret_manager_regional_secret_version: "secret_data",
  google_secret_manager_secret_version: "secret_data",
  google_service_account_key: "private_key",
  google_sql_database_instance: "replica_configuration.password root_password server_ca_cert",
  google_sql_source_representation_instance: "password",
  google_sql_ssl_cert: "cert private_key server_ca_cert",
  google_sql_user: "password",
  google_storage_bucket_object: "content customer_encryption.encryption_key",
  google_storage_hmac_key: "secret",
  google_storage_transfer_job:
    "transfer_spec.aws_s3_data_source.aws_access_key.access_key_id transfer_spec.aws_s3_data_source.aws_access_key.secret_access_key transfer_spec.azure_blob_storage_data_source.azure_credentials.sas_token transfer_spec.azure_blob_storage_data_source.federated_identity_config.client_id transfer_spec.azure_blob_storage_data_source.federated_identity_config.tenant_id",
};
